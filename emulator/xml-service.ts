import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../local/kernel/aws-service";
import { writeXml, xml } from "./xml";

/** A service whose refusals are XML documents of the form that CloudFront, IAM and CloudFormation share. */
export function xmlService(
  name: string,
  namespace: string,
  answer: (request: AwsRequest) => Promise<AwsResponse>,
): AwsService {
  return {
    name,
    async handle(request) {
      try {
        return await answer(request);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const refusal = xml("Error", xml("Type", "Sender"), xml("Code", error.code), xml("Message", error.message));
        return {
          status: error.status,
          headers: { "content-type": "text/xml" },
          body: writeXml(xml("ErrorResponse", refusal, xml("RequestId", "emulated")), namespace),
        };
      }
    },
  };
}
