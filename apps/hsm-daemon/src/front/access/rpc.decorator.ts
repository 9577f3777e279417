import { applyDecorators, UseGuards } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { AdmissionGuard } from './admission.guard.ts';
import { Roles } from './roles.decorator.ts';
import type { RpcName } from './roles.ts';

/**
 * Declares an RPC of the contract. None can be declared without its roles and the guard that checks
 * them.
 */
export function Rpc(service: string, rpc: RpcName): MethodDecorator {
  return applyDecorators(GrpcMethod(service, rpc), Roles(rpc), UseGuards(AdmissionGuard));
}
