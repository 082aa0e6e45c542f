/**
 * Copies a tree-sitter tree into plain objects, in one walk of a cursor: reading a node through
 * WebAssembly costs far more than reading a JavaScript property, and lowering looks at every node
 * several times. After an edit the statements tree-sitter kept are taken over from the copy made
 * before (only moved), so that a keystroke costs what changed.
 */
import type { Language, Tree, TreeCursor } from 'web-tree-sitter';

export interface SyntaxNode {
  /** Node type of the grammar; anonymous tokens have their text as type; `ERROR` for skipped text. */
  readonly type: string;
  /** Field name within the parent, empty when none. */
  field: string;
  readonly named: boolean;
  /** UTF-16 offsets. */
  start: number;
  end: number;
  /** All children but comments and line continuations, tokens included. */
  readonly children: readonly SyntaxNode[];
  /** Inserted by error recovery: expected here and absent. */
  readonly missing: boolean;
  /** This node or one below it is an error or missing. */
  readonly hasError: boolean;
  /** Identity in the tree-sitter tree for a node worth reusing, otherwise 0. */
  readonly id: number;
}

/** Deeper nodes are left out of the copy; the lowering gives up long before (see depthLimit there). */
const copyDepthLimit = 1600;

/** Types whose copies are kept for reuse: statements, */
const reusable = /_statement$|_definition$|^block$/;

/** of the module, its functions and its classes: deeper ones are cheap to copy again. */
const reuseDepth = 4;

/** Nodes whose children say nothing the lowering needs: it reads their text. */
const opaque = new Set(['string_content', 'type', 'type_parameter', 'import_prefix', 'escape_sequence']);

const skipped = new Set(['comment', 'line_continuation']);

interface Kind {
  type: string;
  named: boolean;
  skipped: boolean;
  opaque: boolean;
  reusable: boolean;
}

/** What is known about the node types and fields of the grammar, by number. */
export interface GrammarTable {
  kinds: Kind[];
  fields: string[];
}

export function grammarTable(language: Language): GrammarTable {
  const kinds: Kind[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const type = language.nodeTypeForId(id) ?? '';
    kinds.push({
      type,
      named: language.nodeTypeIsNamed(id),
      skipped: skipped.has(type),
      opaque: opaque.has(type),
      reusable: reusable.test(type),
    });
  }
  return { kinds, fields: Array.from({ length: language.fieldCount + 1 }, (_, i) => language.fieldNameForId(i) ?? '') };
}

/** Shared by all leaves; never added to. */
const noChildren: SyntaxNode[] = [];

const errorKind: Kind = { type: 'ERROR', named: true, skipped: false, opaque: false, reusable: false };

/** Nodes of a copy by identity, for the next copy after an edit. */
export type NodeIndex = Map<number, SyntaxNode>;

/**
 * Copies the tree. `previous` holds the nodes of the copy made of the tree this one was parsed from;
 * the tree they point into must not have been freed, or an identity could have been given away.
 * Nodes taken over are moved in place, so the earlier copy must not be used again.
 */
export function copyTree(tree: Tree, table: GrammarTable, previous: NodeIndex | null): { root: SyntaxNode; index: NodeIndex } {
  const cursor = tree.walk();
  const index: NodeIndex = new Map();
  const anyError = tree.rootNode.hasError;
  try {
    return { root: copyNode(cursor, table, previous, index, anyError, 0), index };
  } finally {
    cursor.delete();
  }
}

function copyNode(
  cursor: TreeCursor,
  table: GrammarTable,
  previous: NodeIndex | null,
  index: NodeIndex,
  anyError: boolean,
  depth: number,
): SyntaxNode {
  const kind = table.kinds[cursor.nodeTypeId] ?? errorKind;
  const start = cursor.startIndex;
  const id = kind.reusable && depth <= reuseDepth ? cursor.nodeId : 0;
  if (id !== 0 && previous !== null) {
    const known = previous.get(id);
    if (known !== undefined && known.type === kind.type && !known.hasError && cursor.endIndex - start === known.end - known.start) {
      adopt(known, start - known.start, index, depth);
      known.field = table.fields[cursor.currentFieldId] ?? '';
      return known;
    }
  }
  const missing = anyError && cursor.nodeIsMissing;
  let children = noChildren;
  let hasError = missing || kind === errorKind;
  if ((anyError || !kind.opaque) && depth < copyDepthLimit && cursor.gotoFirstChild()) {
    do {
      const child = table.kinds[cursor.nodeTypeId] ?? errorKind;
      if (child.skipped) continue;
      const copy = copyNode(cursor, table, previous, index, anyError, depth + 1);
      if (copy.hasError) hasError = true;
      if (children === noChildren) children = [copy];
      else children.push(copy);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  const field = table.fields[cursor.currentFieldId] ?? '';
  const node: SyntaxNode = { type: kind.type, field, named: kind.named, start, end: cursor.endIndex, children, missing, hasError, id };
  if (id !== 0) index.set(id, node);
  return node;
}

/** Moves a reused subtree by `delta` and registers its reusable nodes. */
function adopt(node: SyntaxNode, delta: number, index: NodeIndex, depth: number): void {
  if (delta === 0 && depth > reuseDepth) return;
  if (node.id !== 0) index.set(node.id, node);
  node.start += delta;
  node.end += delta;
  for (const child of node.children) adopt(child, delta, index, depth + 1);
}

/** First child with the field name, or null. */
export function field(node: SyntaxNode, name: string): SyntaxNode | null {
  for (const child of node.children) if (child.field === name) return child;
  return null;
}

/** Named children in order. */
export function namedChildren(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

/** True when one of the children is the given token. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => child.type === token && !child.named);
}
