// The text form of a run, as Rust writes it. Only tools and tests write it; a page reads it.
export const print = run => [`run ${run.name} threads=${run.threads} ends=${run.ends} dealing=${run.dealing} doing=${run.doing}`,
  ...run.tasks.map(({ name, first, last, steps }) =>
    [`task ${name} ${first ?? ''}..${last ?? ''}`, ...steps.map(s => `${s.thread}@${s.start}+${s.end - s.start}`)].join(' '))].join('\n') + '\n';
