// The shape of a map as the server sends it.
export interface MapNode {
  id: string; label: string; kind: string; x: number; y: number; url: string; degree: number; community?: number;
}
export interface MapEdge {
  id: string; from: string; to: string; kind: string; label: string;
  basis: string[]; settings: string[]; sections: string[]; claims: string[]; stance: string[];
}
export interface Region { title: string; left: number; top: number; width: number; height: number }
export interface MapData {
  name: string; title: string; description: string; version: string; base: string; layout: string; directed: boolean;
  nodes: MapNode[]; edges: MapEdge[]; regions: Region[];
  names: Record<string, string>;
  backs: Record<string, string>;
}
export type Facet = "basis" | "settings" | "sections";
export const FACETS: Facet[] = ["basis", "settings", "sections"];

export function neighbours(data: MapData, id: string): { edge: MapEdge; other: string; out: boolean }[] {
  return data.edges
    .filter((edge) => edge.from === id || edge.to === id)
    .map((edge) => ({ edge, other: edge.from === id ? edge.to : edge.from, out: edge.from === id }));
}
