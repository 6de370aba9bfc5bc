/** The parts of two manifest parsers that this project uses; neither package ships types. */
declare module "m3u8-parser" {
  interface Segment {
    uri: string;
    duration: number;
    map?: { uri: string };
  }
  interface Manifest {
    playlists?: { uri: string }[];
    mediaGroups?: Record<string, Record<string, Record<string, { uri?: string }>>>;
    segments?: Segment[];
  }
  export class Parser {
    readonly manifest: Manifest;
    push(text: string): void;
    end(): void;
  }
}

declare module "mpd-parser" {
  interface Playlist {
    segments: { resolvedUri: string; duration: number; map?: { resolvedUri: string } }[];
  }
  export function parse(
    text: string,
    options: { manifestUri: string },
  ): { playlists: Playlist[]; mediaGroups: { AUDIO?: Record<string, Record<string, { playlists: Playlist[] }>> } };
}
