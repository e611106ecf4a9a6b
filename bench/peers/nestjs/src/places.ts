import { Controller, Get, Injectable, Query } from "@nestjs/common";
import type { Asked } from "../../common/asked.ts";
import { type PlaceRow, placesPage, placesSql, placesValues } from "../../common/places.ts";
import { Database } from "./database.ts";

@Injectable()
export class PlaceService {
  constructor(private readonly database: Database) {}

  // The order by an expression and by a collation is beyond Prisma's `orderBy`.
  async list(asked: Asked) {
    const values = placesValues(asked);
    return placesPage(values ? await this.database.$queryRawUnsafe<PlaceRow[]>(placesSql, ...values) : []);
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
