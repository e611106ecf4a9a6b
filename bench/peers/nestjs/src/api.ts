// The endpoints: a controller with the database behind it.
import { Controller, Get, NotFoundException, type OnModuleInit, Param, Query } from "@nestjs/common";
import { type Asked, isUuid, question } from "../../common/asked.ts";
import { btreeSearch } from "../../common/search_sql.ts";
import { monitor } from "../../common/serving.ts";
import { type FoundRow, isPublic, type PlaceRow, placesPage, placesSql, placesValues, searchPage, tripView } from "../../common/views.ts";
import { Database } from "./database.ts";

const names = { name: true, rating_sum: true, rating_count: true, kyc_approved_at: true } as const;
const driver = { select: { ...names, response_seconds_sum: true, response_count: true } } as const;
const vehicle = { select: { make: true, model: true, year: true, colour: true, seats: true, fuel: true } } as const;

@Controller()
export class ReadController implements OnModuleInit {
  health!: Awaited<ReturnType<typeof monitor>>;

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    this.health = await monitor(() => this.database.$queryRaw`select 1`);
  }

  @Get("health")
  now() {
    return this.health();
  }

  // Prisma's `where` knows neither distances nor a best part of each trip: it would fetch every candidate and sort in
  // JavaScript. After a first measurement, a team would write SQL here, so this is Fastify's.
  @Get("trips/search")
  async search(@Query() asked: Asked) {
    const values = btreeSearch.values(question(asked));
    return searchPage(await this.database.$queryRawUnsafe<FoundRow[]>(btreeSearch.sql, ...values));
  }

  @Get("trips/:id")
  async find(@Param("id") id: string) {
    const trip = isUuid(id) ? await this.database.trips.findUnique({ where: { id }, include: { driver, vehicle } }) : null;
    if (!trip || !isPublic(trip)) throw new NotFoundException();
    return tripView(trip, { ...trip.driver, verified: trip.driver.kyc_approved_at !== null }, trip.vehicle);
  }

  // The order by an expression and by a collation is beyond Prisma's `orderBy`.
  @Get("places")
  async list(@Query() asked: Asked) {
    return placesPage(await this.database.$queryRawUnsafe<PlaceRow[]>(placesSql, ...placesValues(asked)));
  }
}
