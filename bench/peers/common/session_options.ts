// Settings of the peers' database sessions, each measured to help them: one plan fits every search, and making one takes
// longer than many a search; so do compiling it and starting workers on a machine whose cores are all busy.
export const sessionOptions =
  "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0";
