// The endpoints, as in Nest's guide: a controller for each path, with a service behind it.
import { Controller, Get, Injectable, NotFoundException, type OnModuleInit, Param, Query } from "@nestjs/common";
import { isUuid, question } from "../../common/asked.ts";
import type { Asked } from "../../common/asked.ts";
import { btreeSearch } from "../../common/search_sql.ts";
import { monitor } from "../../common/serving.ts";
import { type FoundRow, isPublic, type PlaceRow, placesPage, placesSql, placesValues, searchPage, tripView } from "../../common/views.ts";
import { Database } from "./database.ts";

@Injectable()
export class HealthService implements OnModuleInit {
  now!: Awaited<ReturnType<typeof monitor>>;

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    this.now = await monitor(() => this.database.$queryRaw`select 1`);
  }
}

@Controller("health")
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  now() {
    return this.health.now();
  }
}

const names = { name: true, rating_sum: true, rating_count: true, kyc_approved_at: true } as const;
const driver = { select: { ...names, response_seconds_sum: true, response_count: true } } as const;
const vehicle = { select: { make: true, model: true, year: true, colour: true, seats: true, fuel: true } } as const;

@Injectable()
export class TripService {
  constructor(private readonly database: Database) {}

  async find(id: string) {
    const trip = await this.database.trips.findUnique({ where: { id }, include: { driver, vehicle } });
    if (!trip || !isPublic(trip)) throw new NotFoundException();
    return tripView(trip, { ...trip.driver, verified: trip.driver.kyc_approved_at !== null }, trip.vehicle);
  }

  // Prisma's `where` knows neither distances nor a best part of each trip: it would fetch every candidate and sort in
  // JavaScript. After a first measurement, a team would write SQL here, so this is Fastify's.
  async search(asked: Asked) {
    const values = btreeSearch.values(question(asked));
    return searchPage(await this.database.$queryRawUnsafe<FoundRow[]>(btreeSearch.sql, ...values));
  }
}

@Controller("trips")
export class TripController {
  constructor(private readonly trips: TripService) {}

  @Get("search")
  search(@Query() asked: Asked) {
    return this.trips.search(asked);
  }

  @Get(":id")
  find(@Param("id") id: string) {
    if (!isUuid(id)) throw new NotFoundException();
    return this.trips.find(id);
  }
}

@Injectable()
export class PlaceService {
  constructor(private readonly database: Database) {}

  // The order by an expression and by a collation is beyond Prisma's `orderBy`.
  async list(asked: Asked) {
    return placesPage(await this.database.$queryRawUnsafe<PlaceRow[]>(placesSql, ...placesValues(asked)));
  }
}

@Controller("places")
export class PlaceController {
  constructor(private readonly places: PlaceService) {}

  @Get()
  list(@Query() asked: Asked) {
    return this.places.list(asked);
  }
}
