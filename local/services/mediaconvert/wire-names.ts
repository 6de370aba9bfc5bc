/** Members whose keys are names that people chose, not names of the model: they are left as they are. */
const MAPS = new Set(["audioSelectors", "audioSelectorGroups", "captionSelectors", "userMetadata", "tags"]);

/**
 * Settings as CloudFormation and the SDKs write them (`OutputGroups`) under the names on the wire (`outputGroups`).
 * Every name of the model differs in the case of its first letter only; names already in camelCase stay.
 */
export function toWireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWireNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const wire = name.charAt(0).toLowerCase() + name.slice(1);
      return [wire, MAPS.has(wire) ? toWireValues(member) : toWireNames(member)];
    }),
  );
}

function toWireValues(map: unknown): unknown {
  if (typeof map !== "object" || map === null || Array.isArray(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([name, member]) => [name, toWireNames(member)]));
}
