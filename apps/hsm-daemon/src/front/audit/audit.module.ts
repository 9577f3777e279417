import { Module } from '@nestjs/common';
import { AuditController } from './audit.grpc.ts';

@Module({ controllers: [AuditController] })
export class AuditModule {}
