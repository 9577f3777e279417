import { Module } from '@nestjs/common';
import { TextsModule } from '../texts/texts.module.ts';
import { ActivationController } from './activation.grpc.ts';
import { CompletionLimiter } from './completion-limiter.ts';
import { TokenController } from './token.grpc.ts';

/** Codes at ATMs and branches, and the app's way to its seeds. */
@Module({
  imports: [TextsModule],
  controllers: [ActivationController, TokenController],
  providers: [CompletionLimiter],
})
export class ActivationModule {}
