// race: db-check-then-act check=10 act=12
import { Injectable } from '@nestjs/common';
import { Repository } from 'typeorm';

@Injectable()
export class TagService {
  constructor(private readonly tagRepository: Repository<{ name: string }>) {}

  async add(name: string): Promise<{ name: string }> {
    const known = await this.tagRepository.findOne({ where: { name } });
    if (known) return known;
    return this.tagRepository.save({ name });
  }
}
