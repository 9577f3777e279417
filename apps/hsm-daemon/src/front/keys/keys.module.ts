import { Module } from '@nestjs/common';
import { KeysController } from './keys.grpc.ts';

@Module({ controllers: [KeysController] })
export class KeysModule {}
