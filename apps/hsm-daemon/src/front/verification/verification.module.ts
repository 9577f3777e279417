import { Module } from '@nestjs/common';
import { VerificationController } from './verification.grpc.ts';

@Module({ controllers: [VerificationController] })
export class VerificationModule {}
