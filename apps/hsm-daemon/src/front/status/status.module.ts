import { Module } from '@nestjs/common';
import { StatusController } from './status.grpc.ts';

@Module({ controllers: [StatusController] })
export class StatusModule {}
