import { Module } from '@nestjs/common';
import { CeremonyController } from './ceremony.grpc.ts';

@Module({ controllers: [CeremonyController] })
export class CeremonyModule {}
