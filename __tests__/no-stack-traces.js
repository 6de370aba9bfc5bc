// Stands in for cdktf's and constructs' stack-trace module: every token takes a whole trace when it is made, through source maps,
// which is more than half of a synthesis in a test; no test reads one.
exports.captureStackTrace = () => [];
