import { BadRequestException, ConflictException, Injectable, Logger, NotFoundException } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';

import { CreateReservationDto } from './dto/create-reservation.dto';
import { Reservation, ReservationStatus } from './entities/reservation.entity';
import { StockLevel } from './entities/stock-level.entity';
import { RequestContext } from '../common/request-context';

/**
 * Contains methods relating to stock levels and their reservation.
 */
@Injectable()
export class StockReservationService {
  private readonly logger = new Logger(StockReservationService.name);

  constructor(
    @InjectRepository(StockLevel) private readonly stockLevels: Repository<StockLevel>,
    @InjectRepository(Reservation) private readonly reservations: Repository<Reservation>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly eventBus: EventEmitter2,
  ) {}

  async findOne(id: string): Promise<Reservation> {
    const reservation = await this.reservations.findOne({ where: { id }, relations: ['stockLevel'] });
    if (!reservation) {
      throw new NotFoundException(`Reservation ${id} not found`);
    }
    return reservation;
  }

  async getAvailableStock(variantId: string): Promise<number> {
    const level = await this.stockLevels.findOne({ where: { variantId } });
    return level ? level.stockOnHand - level.stockAllocated : 0;
  }

  async reserve(ctx: RequestContext, dto: CreateReservationDto): Promise<Reservation> {
    if (dto.quantity <= 0) {
      throw new BadRequestException('quantity must be positive');
    }
    const level = await this.stockLevels.findOne({ where: { variantId: dto.variantId } });
    if (!level) {
      throw new NotFoundException(`No stock level for variant ${dto.variantId}`);
    }
    if (level.stockOnHand - level.stockAllocated < dto.quantity) {
      throw new ConflictException('INSUFFICIENT_STOCK');
    }
    level.stockAllocated += dto.quantity;
    await this.stockLevels.save(level);

    const reservation = await this.reservations.save(
      this.reservations.create({
        stockLevel: level,
        quantity: dto.quantity,
        orderId: dto.orderId,
        status: ReservationStatus.Active,
      }),
    );
    this.eventBus.emit('stock.reserved', { ctx, reservation });
    this.logger.verbose(`reserved ${dto.quantity} of ${dto.variantId}`);
    return reservation;
  }

  async cancel(id: string): Promise<void> {
    const reservation = await this.findOne(id);
    reservation.status = ReservationStatus.Cancelled;
    await this.reservations.save(reservation);
  }
}
