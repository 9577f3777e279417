import { Module } from '@nestjs/common';
import { TextDesk } from './text-desk.ts';
import { TextsController } from './texts.grpc.ts';

/** Texts on their way to the gateways that wait. */
@Module({ controllers: [TextsController], providers: [TextDesk], exports: [TextDesk] })
export class TextsModule {}
