import { Module } from '@nestjs/common';
import { CodeVerifier } from './code-verifier.ts';
import { FastVerification } from './fast-verification.ts';
import { VerdictReporter } from './verdict-reporter.ts';
import { VerificationController } from './verification.grpc.ts';
import { VerifyStreamController } from './verify-stream.grpc.ts';
import { VerifyTogether } from './verify-together.ts';

@Module({
  controllers: [VerificationController, VerifyStreamController],
  providers: [CodeVerifier, FastVerification, VerdictReporter, VerifyTogether],
})
export class VerificationModule {}
