// One sign for each grade, the same on the terminal and in the report.
import type { Grade } from "../model.ts";

const marks: Record<Grade, string> = { met: "✓", missed: "✗", unmeasured: "·", told: "–" };

export function gradeMark(grade: Grade): string {
  return marks[grade];
}
