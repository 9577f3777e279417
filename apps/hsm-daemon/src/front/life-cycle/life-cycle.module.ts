import { Module } from '@nestjs/common';
import { LifeCycleController } from './life-cycle.grpc.ts';
import { PermissionController } from './permission.grpc.ts';
import { RegisterController } from './register.grpc.ts';

/** Files, permissions and places of cards and customers. */
@Module({ controllers: [RegisterController, PermissionController, LifeCycleController] })
export class LifeCycleModule {}
