// What a photo costs: the whole life of the process that decodes it and makes three pictures of it.
import type { Experiment } from "../measure.ts";
import { type Figure, figuresOf, outcomeOf } from "../model.ts";
import { benchPrograms, type Line, picturesProgram, runBenchmarks } from "./engine.ts";

/** Processor time in ms and resident memory in MB, one sample a repetition. */
export function parsePictures(text: string, trips: number): Figure[] {
  const { benchmarks } = JSON.parse(text) as { benchmarks: Line[] };
  const failed = benchmarks.find(({ error_occurred: error }) => error);
  if (failed) throw new Error(`${failed.name}: ${failed.error_message}`);
  const runs = benchmarks.filter(({ run_type: kind }) => kind === "iteration");
  if (runs.some(({ time_unit: unit }) => unit !== "ms")) throw new Error("pictures are counted in milliseconds");
  const figure = figuresOf("safargo", trips);
  return [
    figure("cpu", "ms", ...runs.map(({ real_time: time }) => time)),
    figure("resident", "MB", ...runs.map(({ resident_mb: megabytes }) => megabytes ?? Number.NaN)),
  ];
}

export const picturesMeasure: Experiment = {
  kind: "reads",
  name: "pictures",
  what: "a photo of 12 megapixels (JPEG) becomes three WebP pictures: the whole process, from its start to its end",
  load: "one process after the other",
  subjects: "SafarGo",
  slow: true,
  run: async (bench) => {
    const outcome = outcomeOf();
    const [program] = benchPrograms((name) => name === picturesProgram);
    if (!program) {
      outcome.troubles.push(`there is no ${picturesProgram}: the bench preset was not built`);
      return outcome;
    }
    bench.say(`pictures  ${picturesProgram}`);
    outcome.figures.push(...parsePictures(await runBenchmarks(program, bench), bench.world.trips));
    return outcome;
  },
};
