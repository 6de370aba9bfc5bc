/** An error as Lambda's payload tells it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export const failure = (errorType: string, errorMessage: string, trace: readonly string[] = []): FunctionFailure => ({
  errorType,
  errorMessage,
  trace,
});
