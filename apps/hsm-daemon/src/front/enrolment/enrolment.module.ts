import { Module } from '@nestjs/common';
import { EnrolmentController } from './enrolment.grpc.ts';

@Module({ controllers: [EnrolmentController] })
export class EnrolmentModule {}
