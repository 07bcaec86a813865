// Loaded before the command line: makes it believe in another number of cores, which is its number of inference processes.
'use strict';
const os = require('node:os');
const processes = Number(process.env.EARSHOT_BENCH_PROCESSES);
if (processes > 0) os.availableParallelism = () => processes;
