import { Controller, Get, Injectable, type OnModuleInit } from "@nestjs/common";
import { HealthMonitor } from "../../common/health.ts";
import { Database } from "./database.ts";

@Injectable()
export class HealthService implements OnModuleInit {
  readonly monitor: HealthMonitor;

  constructor(database: Database) {
    this.monitor = new HealthMonitor(() => database.$queryRaw`select 1`);
  }

  async onModuleInit(): Promise<void> {
    await this.monitor.watch();
  }
}

@Controller("health")
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  now() {
    return this.health.monitor.now();
  }
}
