// The peer "NestJS + Prisma" as its guide sets it up: the Express adapter, which is what `nest new` creates and most teams run,
// a controller and Prisma as its service; no logger, no ETag.
import "reflect-metadata";
import { type ArgumentsHost, Catch, type ExceptionFilter, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { Response } from "express";
import { BadQuestion } from "../../common/asked.ts";
import { host, serve } from "../../common/serving.ts";
import { ReadController } from "./api.ts";
import { Database } from "./database.ts";

@Catch(BadQuestion)
class BadQuestionFilter implements ExceptionFilter {
  catch(refused: BadQuestion, where: ArgumentsHost): void {
    where.switchToHttp().getResponse<Response>().status(422).json({ status: 422, code: refused.message });
  }
}

@Module({ controllers: [ReadController], providers: [Database] })
class PeerModule {}

await serve(async (port) => {
  const app = await NestFactory.create<NestExpressApplication>(PeerModule, { logger: false, abortOnError: false });
  app.setGlobalPrefix("api/v1");
  app.useGlobalFilters(new BadQuestionFilter());
  app.disable("etag");
  app.disable("x-powered-by");
  const server = app.getHttpServer();
  server.keepAliveTimeout = 75_000;
  await app.listen(port, host);
  return (server.address() as { port: number }).port;
});
