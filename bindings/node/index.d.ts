/// <reference types="node" />

/** Paths and contents of a tree in memory; paths start from its root. */
export type Files = Record<string, string | Buffer>;

/** What many builds share. All doors are closed by default: no network, no programs, no files outside the roots. */
export interface Options {
  /** Read instead of the disk. */
  files?: Files;
  /** What relative targets start from. */
  workingDirectory?: string;
  /** A directory outside of which nothing is ever read. */
  root?: string;
  /** Lets kustomizations name files outside their roots. */
  loadAnywhere?: boolean;
  /** Allows git repositories and http(s) URLs. */
  fetch?: boolean;
  /** Allows charts, through the helm command. */
  helm?: boolean;
  helmCommand?: string;
  helmKubeVersion?: string;
  helmApiVersions?: string[];
  /** "NAME=value": all that programs inherit; nothing but a plain PATH without it. */
  environment?: string[];
  /** Allows generators, transformers and validators that are not built in, and those that are executables. */
  plugins?: boolean;
  exec?: boolean;
  /** Resources come out in order of appearance instead of by kind, unless sortOptions say otherwise. */
  keepOrder?: boolean;
  managedByLabel?: boolean;
  /** Makes the first warning an error. */
  strict?: boolean;
  /** How many bytes of parsed files are kept for later builds. */
  cacheSize?: number;
  /** How many threads one large build may use. */
  jobs?: number;
}

/** A patch as text that names its resource itself, or with a target; names and namespaces are regular expressions. */
export interface Patch {
  patch?: string;
  path?: string;
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
  allowNameChange?: boolean;
  allowKindChange?: boolean;
}

/** What is applied to a target as if its kustomization file said so; no file is touched. */
export interface Overrides {
  namespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  labels?: Record<string, string>;
  /** Puts the labels in selectors and templates too, or in templates. */
  labelSelectors?: boolean;
  labelTemplates?: boolean;
  annotations?: Record<string, string>;
  /** As `kustomize edit set image` takes them: "nginx=registry.example/nginx:1.27". */
  images?: string[];
  replicas?: Record<string, number>;
  patches?: (string | Patch)[];
  components?: string[];
  ignoreMissingComponents?: boolean;
}

export interface Note {
  message: string;
  /** "" without a place. */
  file: string;
  line: number;
  column: number;
}

/** What builds are rejected with, and the form of warnings. */
export interface StrataError extends Error {
  /** "INVALID", "NOT_FOUND", "REFUSED" …; "OK" for a warning. */
  code: string;
  /** The stable short name of the diagnostic, such as "unknown-field". */
  diagnostic: string;
  /** "" and 0 without a place; lines and columns count from 1. */
  file: string;
  line: number;
  column: number;
  hint: string;
  excerpt: string;
  notes: Note[];
}

export interface Resource {
  group: string;
  version: string;
  kind: string;
  name: string;
  namespace: string;
  /** Where its document stands. */
  file: string;
  line: number;
  /** The resource as JSON. */
  json: string;
}

export interface Result {
  /** The whole stream, byte for byte what `kustomize build` prints. */
  readonly yaml: string;
  readonly resources: Resource[];
  /** The container images of all resources, each once. */
  readonly images: string[];
  /** The files that were read, with their SHA-256: while they stay the same, so does the result. */
  readonly inputs: { path: string; digest: string }[];
  readonly warnings: StrataError[];
}

/** Options for any number of builds, which may run at the same time. */
export class Renderer {
  constructor(options?: Options);
  /** Builds a directory with a kustomization file on another thread; rejects with a StrataError. */
  build(target?: string, overrides?: Overrides): Promise<Result>;
}

/** One build of a directory, or of files in memory with the kustomization file at the top. */
export function render(target: string | Files, overrides?: Overrides, options?: Options): Promise<Result>;

/** The version of libstrata. */
export const version: string;
