/** Milliseconds since 1970, as `Date.now` gives; a dependency, so that tests set the time. */
export type Clock = () => number;
