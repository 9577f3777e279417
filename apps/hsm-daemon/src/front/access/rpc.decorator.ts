import { applyDecorators, UseGuards } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { AdmissionGuard } from './admission.guard.ts';
import { Roles } from './roles.decorator.ts';
import type { RpcName } from './roles.ts';

/** An RPC of the contract. There is no way to declare one without its roles and the guard that asks for them. */
export function Rpc(service: string, rpc: RpcName): MethodDecorator {
  return applyDecorators(GrpcMethod(service, rpc), Roles(rpc), UseGuards(AdmissionGuard));
}
