import { Module } from '@nestjs/common';
import { EventsController } from './events.grpc.ts';

@Module({ controllers: [EventsController] })
export class EventsModule {}
