"""Pages and listings are read in processes that may die: `pool` is asked, `nursery` forks, `worker` reads."""
