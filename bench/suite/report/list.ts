// ./safargo bench --list
import { budgets, budgetText } from "../budgets.ts";
import { measures } from "../measures/all.ts";

export function listMeasures(): string {
  const lines: string[] = [];
  for (const { name, what, load, subjects, slow, byNameOnly } of measures) {
    const when = byNameOnly ? "  (only when it is named)" : slow ? "  (not with --quick)" : "";
    lines.push(`${name}${when}`, `    ${what}`, `    ${subjects}; ${load}`);
    for (const budget of budgets.filter(({ measure }) => measure === name)) {
      lines.push(budget.told ? `    beside it: ${budget.what}` : `    budget: ${budget.what} ${budgetText(budget)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
