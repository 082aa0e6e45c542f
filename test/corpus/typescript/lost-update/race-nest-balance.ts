// race: lost-update check=11 act=13
import { Injectable } from '@nestjs/common';

@Injectable()
export class LoyaltyService {
  private balance = 0;

  constructor(private readonly rules: { bonus(order: string): Promise<number> }) {}

  async reward(order: string): Promise<number> {
    const current = this.balance;
    const bonus = await this.rules.bonus(order);
    this.balance = current + bonus;
    return this.balance;
  }
}
