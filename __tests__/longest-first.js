const { default: Sequencer } = require("@jest/test-sequencer");

/** System tests start before the units: they take longest and often wait, so that units fill the time beside them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const system = (test) => Number(test.path.includes(".system.test."));
    return super.sort(tests).sort((one, other) => system(other) - system(one));
  }
};
