import { type ArgumentsHost, Catch, type ExceptionFilter } from "@nestjs/common";
import type { Response } from "express";
import { BadQuestion } from "../../common/asked.ts";

@Catch(BadQuestion)
export class BadQuestionFilter implements ExceptionFilter {
  catch(refused: BadQuestion, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(422).json({ status: 422, code: refused.message });
  }
}
