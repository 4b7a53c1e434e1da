// What every pass over a source shares: it walks acorn's tree and writes the text again, piece by piece, so that whatever a
// pass does not touch stays as the author wrote it, on the line where it stood.
(function () {
    'use strict';

    function isNode(value) {
        return value !== null && typeof value === 'object' && typeof value.type === 'string' && typeof value.start === 'number';
    }

    function isList(value) {
        return value !== null && typeof value === 'object' && typeof value.length === 'number';
    }

    function refuse(node, reason) {
        throw { refusal: reason, at: node.start };
    }

    // Whether the name is no reference: a member behind a dot, a key, a label.
    function isPlainName(node, name) {
        switch (node.type) {
            case 'MemberExpression': return name === 'property' && !node.computed;
            case 'Property': return name === 'key' && (!node.computed || node.shorthand);
            case 'MethodDefinition': return name === 'key' && !node.computed;
            case 'LabeledStatement':
            case 'BreakStatement':
            case 'ContinueStatement': return name === 'label';
            case 'MetaProperty': return true;
            default: return false;
        }
    }

    // The nodes that are part of a node, in the order of the source.
    function childrenOf(node) {
        var found = [];
        for (var name in node) {
            if (name === 'type' || name === 'start' || name === 'end' || isPlainName(node, name))
                continue;
            var value = node[name];
            if (isNode(value)) {
                found.push(value);
            } else if (isList(value)) {
                for (var i = 0; i < value.length; i++) {
                    if (isNode(value[i]))
                        found.push(value[i]);
                }
            }
        }
        found.sort(function (a, b) { return a.start - b.start; });
        return found;
    }

    // A pass: methods named after kinds of nodes give the new text of such a node; the others are copied.
    function Rewriter(source, maxDepth) {
        this.source = source;
        this.maxDepth = maxDepth;
        this.depth = 0;
    }

    Rewriter.prototype.slice = function (from, to) {
        return this.source.slice(from, to);
    };

    // The line breaks of a piece that is left out: what follows keeps its line.
    Rewriter.prototype.newLines = function (from, to) {
        return this.slice(from, to).replace(/[^\n]/g, '');
    };

    // The node as it was written, its children written anew.
    Rewriter.prototype.copy = function (node, from, to) {
        var children = childrenOf(node), text = '', at = from === undefined ? node.start : from;
        if (to === undefined)
            to = node.end;
        for (var i = 0; i < children.length; i++) {
            var child = children[i];
            if (child.start < at || child.start >= to)
                continue;
            text += this.slice(at, child.start) + this.write(child);
            at = child.end;
        }
        return text + this.slice(at, to);
    };

    Rewriter.prototype.write = function (node) {
        if (++this.depth > this.maxDepth)
            refuse(node, 'the source is nested deeper than ' + this.maxDepth + ' levels');
        var special = this[node.type];
        var text = typeof special === 'function' ? special.call(this, node) : this.copy(node);
        this.depth--;
        return text;
    };

    return { Rewriter: Rewriter, refuse: refuse, isNode: isNode, childrenOf: childrenOf };
})
