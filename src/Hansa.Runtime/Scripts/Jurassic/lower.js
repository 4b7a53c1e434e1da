// Lowers what the engine does not run to what it does: arrow functions, destructuring, defaults, spread and rest, ?. and ??,
// for each, and the variables of for (let …) that functions keep. The text that comes out is parsed and guarded like an author's own, so
// no guard needs to know of it. Line breaks are kept: every error names the author's line.
// Names that begin with $$ are the lowering's:
//   $$h  what it calls (see prelude.js)     $$_1, $$_2 …  values at hand     $$_arguments  those of the function around arrows
(function (base) {
    'use strict';

    var refuse = base.refuse, childrenOf = base.childrenOf;

    function isNew(node) {
        switch (node.type) {
            case 'ArrowFunctionExpression':
            case 'SpreadElement':
            case 'RestElement':
            case 'AssignmentPattern':
            case 'ObjectPattern':
            case 'ArrayPattern':
            case 'ChainExpression': return true;
            case 'LogicalExpression': return node.operator === '??';
            case 'AssignmentExpression': return /^(\?\?|\|\||&&)=$/.test(node.operator);
            case 'ForInStatement': return node.each === true;
            default: return false;
        }
    }

    // Where a list of arguments or parameters ends, a comma may stand.
    function hasTrailingComma(source, list, end) {
        return list.length > 0 && /^[\s)]*,/.test(source.slice(list[list.length - 1].end, end));
    }

    function isNamedBySymbol(member) {
        return member.computed && member.method === true;
    }

    // Names that a pattern gives values to.
    function namesOf(pattern) {
        if (pattern === null)
            return [];
        switch (pattern.type) {
            case 'Identifier': return [pattern.name];
            case 'AssignmentPattern': return namesOf(pattern.left);
            case 'RestElement': return namesOf(pattern.argument);
            case 'ArrayPattern':
            case 'ObjectPattern':
                return (pattern.elements || pattern.properties).reduce(function (all, part) {
                    return all.concat(namesOf(part && part.type === 'Property' ? part.value : part));
                }, []);
            default: return [];
        }
    }

    // Goes over the tree once and notes what the lowering must know before it comes to a node: which arrow functions need the
    // 'this' of the function around them, and which variables of for (let …) are kept by functions in its body.
    function Survey(source, maxDepth) {
        this.source = source;
        this.maxDepth = maxDepth;
        this.depth = 0;
        this.functions = [];
        this.loops = new Map();
        this.isNeeded = false;
    }

    Survey.prototype.visit = function (node) {
        if (++this.depth > this.maxDepth)
            refuse(node, 'the source is nested deeper than ' + this.maxDepth / 2 + ' levels');
        this.isNeeded = this.isNeeded || isNew(node) || this.isOdd(node);
        switch (node.type) {
            case 'ForStatement':
                this.loop(node);
                break;
            case 'ArrowFunctionExpression':
            case 'FunctionExpression':
            case 'FunctionDeclaration':
                this.functions.push(node);
                node.params.forEach(function (parameter) { this.note(namesOf(parameter), 'isShadowed'); }, this);
                this.within(node);
                this.functions.pop();
                break;
            case 'ThisExpression':
                for (var i = this.functions.length - 1; i >= 0 && this.functions[i].type === 'ArrowFunctionExpression' && !this.functions[i].saysThis; i--)
                    this.functions[i].saysThis = true;
                break;
            case 'Identifier':
                this.note([node.name], 'isKept');
                break;
            case 'VariableDeclarator':
                this.note(namesOf(node.id), 'isShadowed');
                this.within(node);
                break;
            case 'UpdateExpression':
                this.note(namesOf(node.argument), 'isChanged');
                this.within(node);
                break;
            case 'AssignmentExpression':
                this.note(namesOf(node.left), 'isChanged');
                this.within(node);
                break;
            default:
                this.within(node);
        }
        this.depth--;
    };

    // What the engine runs in most places, and not in this one.
    Survey.prototype.isOdd = function (node) {
        switch (node.type) {
            case 'CallExpression':
            case 'NewExpression': return hasTrailingComma(this.source, node.arguments, node.end);
            case 'FunctionExpression':
            case 'FunctionDeclaration':
                return hasTrailingComma(this.source, node.params, node.body.start);
            case 'Property': return isNamedBySymbol(node);
            default: return false;
        }
    };

    Survey.prototype.within = function (node) {
        var children = childrenOf(node);
        for (var i = 0; i < children.length; i++)
            this.visit(children[i]);
    };

    Survey.prototype.note = function (names, what) {
        for (var i = 0; i < names.length; i++) {
            var loops = this.loops.get(names[i]), loop = loops && loops[loops.length - 1];
            if (loop && (what === 'isChanged' || this.functions.length > loop.functions))
                loop[what] = true;
        }
    };

    Survey.prototype.loop = function (node) {
        var body = node.body, names = [], self = this;
        node.body = null;
        this.within(node);
        node.body = body;
        if (node.init && node.init.type === 'VariableDeclaration' && node.init.kind !== 'var')
            names = node.init.declarations.reduce(function (all, one) { return all.concat(namesOf(one.id)); }, []);
        names.forEach(function (name) {
            if (!self.loops.has(name))
                self.loops.set(name, []);
            self.loops.get(name).push({ functions: self.functions.length });
        });
        this.visit(body);
        node.kept = names.filter(function (name) {
            var loop = self.loops.get(name).pop();
            if (loop.isKept && loop.isChanged && !loop.isShadowed)
                refuse(node, "'" + name + "' is changed within a loop whose functions keep it; give the functions a variable of their own");
            return loop.isKept && !loop.isChanged;
        });
        this.isNeeded = this.isNeeded || node.kept.length > 0;
    };

    function Lowering(source, maxDepth) {
        base.Rewriter.call(this, source, maxDepth);
        this.named = 0;
        this.frame = this.newFrame(null, false);
    }

    Lowering.prototype = Object.create(base.Rewriter.prototype);

    Lowering.prototype.newFrame = function (outer, isArrow) {
        return { outer: outer, isArrow: isArrow, variables: [], saysArguments: false };
    };

    // A name for a value at hand; where no declaration of the author's carries it, it is a variable of the function.
    Lowering.prototype.temp = function (isDeclared) {
        var name = '$$_' + ++this.named;
        if (!isDeclared)
            this.frame.variables.push(name);
        return name;
    };

    Lowering.prototype.pad = function (from, to, written) {
        var missing = this.newLines(from, to).length - written.replace(/[^\n]/g, '').length;
        return missing > 0 ? new Array(missing + 1).join('\n') : '';
    };

    Lowering.prototype.head = function (frame) {
        var variables = frame.saysArguments ? frame.variables.concat('$$_arguments=arguments') : frame.variables;
        return variables.length > 0 ? 'var ' + variables.join(',') + ';' : '';
    };

    // Statements in order. Directives stay first; one that now begins with a parenthesis must not be taken for a call of the line before.
    Lowering.prototype.statements = function (list, from, to, head) {
        var text = '', at = from, i = 0;
        for (; i < list.length && list[i].directive; i++) {
            text += this.slice(at, list[i].end);
            at = list[i].end;
        }
        var directives = i > 0 ? text + ';' : '';
        text = '';
        for (; i < list.length; i++) {
            var statement = this.write(list[i]);
            text += this.slice(at, list[i].start);
            if (statement.charAt(0) === '(' && this.source.charAt(list[i].start) !== '(')
                text += ';';
            text += statement;
            at = list[i].end;
        }
        return directives + head() + text + this.slice(at, to);
    };

    // The text of an expression that becomes an argument, or is assigned.
    Lowering.prototype.argument = function (node) {
        var text = this.write(node);
        return node.type === 'SequenceExpression' ? '(' + text + ')' : text;
    };

    // The text of an expression whose members are taken.
    Lowering.prototype.operand = function (node) {
        var text = this.write(node);
        return /^(Identifier|ThisExpression|Super|MemberExpression|CallExpression|ArrayExpression|ChainExpression)$/.test(node.type) ? text : '(' + text + ')';
    };

    function nothing() {
        return '';
    }

    Lowering.prototype.Program = function (node) {
        var self = this;
        return this.statements(node.body, 0, this.source.length, function () { return self.head(self.frame); });
    };

    Lowering.prototype.BlockStatement = function (node) {
        return '{' + this.statements(node.body, node.start + 1, node.end, nothing);
    };

    Lowering.prototype.SwitchCase = function (node) {
        if (node.consequent.length === 0)
            return this.copy(node);
        var start = node.consequent[0].start, head = node.test
            ? this.slice(node.start, node.test.start) + this.write(node.test) + this.slice(node.test.end, start)
            : this.slice(node.start, start);
        return head + this.statements(node.consequent, start, node.end, nothing);
    };

    // Gives the values of a pattern to its targets, as a list of 'target=value'. The value's text is used once.
    Lowering.prototype.bind = function (pattern, value, isDeclared, out) {
        switch (pattern.type) {
            case 'ObjectPattern': return this.bindMembers(pattern, value, isDeclared, out);
            case 'ArrayPattern': return this.bindElements(pattern, value, isDeclared, out);
            case 'AssignmentPattern':
                var given = this.temp(isDeclared);
                out.push(given + '=' + value);
                return this.bind(pattern.left, '(' + given + '===void 0?' + this.argument(pattern.right) + ':' + given + ')', isDeclared, out);
            default:
                out.push(this.write(pattern) + '=' + value);
        }
    };

    Lowering.prototype.bindMembers = function (pattern, value, isDeclared, out) {
        var from = this.temp(isDeclared), taken = [];
        out.push(from + '=$$h.object(' + value + ')');
        for (var i = 0; i < pattern.properties.length; i++) {
            var part = pattern.properties[i];
            if (part.type === 'RestElement') {
                this.bind(part.argument, '$$h.without(' + from + ',[' + taken.join(',') + '])', isDeclared, out);
                continue;
            }
            var key;
            if (part.computed) {
                key = this.temp(isDeclared);
                out.push(key + '=' + this.argument(part.key));
            } else {
                key = part.key.type === 'Identifier' ? '"' + part.key.name + '"' : this.slice(part.key.start, part.key.end);
            }
            taken.push(key);
            this.bind(part.value, from + (!part.computed && part.key.type === 'Identifier' ? '.' + part.key.name : '[' + key + ']'), isDeclared, out);
        }
    };

    Lowering.prototype.bindElements = function (pattern, value, isDeclared, out) {
        var elements = pattern.elements, last = elements[elements.length - 1], hasRest = !!last && last.type === 'RestElement';
        var from = this.temp(isDeclared);
        out.push(from + '=$$h.list(' + value + (hasRest ? '' : ',' + elements.length) + ')');
        for (var i = 0; i < elements.length; i++) {
            if (elements[i] === null)
                continue;
            if (elements[i].type === 'RestElement')
                this.bind(elements[i].argument, '$$h.rest(' + from + ',' + i + ')', isDeclared, out);
            else
                this.bind(elements[i], from + '[' + i + ']', isDeclared, out);
        }
    };

    function isPattern(node) {
        return node.type === 'ObjectPattern' || node.type === 'ArrayPattern';
    }

    Lowering.prototype.VariableDeclarator = function (node) {
        if (!isPattern(node.id))
            return this.copy(node);
        // The breaks within the pattern come first, so that the initial value keeps its line.
        var value = this.argument(node.init), out = [], mark = '\u0000';
        this.bind(node.id, mark, true, out);
        var text = out.join(','), gap = this.pad(node.start, node.init.start, text);
        return text.replace(mark, function () { return gap + value; });
    };

    Lowering.prototype.AssignmentExpression = function (node) {
        var left = node.left, operator = node.operator.slice(0, -1);
        if (operator === '??' || operator === '||' || operator === '&&')
            return this.assignIf(node, operator);
        if (!isPattern(left))
            return this.copy(node);
        var whole = this.temp(false), value = this.argument(node.right), out = [];
        this.bind(left, whole, false, out);
        var text = out.join(',');
        return '(' + whole + '=' + this.pad(left.start, node.right.start, text) + value + ',' + text + ',' + whole + this.newLines(node.right.end, node.end) + ')';
    };

    // a ??= b, a ||= b, a &&= b: the member is found once, and b is worked out only where it is needed.
    Lowering.prototype.assignIf = function (node, operator) {
        var left = node.left, before = '', target;
        if (left.type === 'MemberExpression') {
            if (left.object.type === 'Super')
                refuse(left, "changing a member of 'super' in place is not carried");
            var object = this.temp(false);
            before = object + '=' + this.argument(left.object) + ',';
            if (left.computed) {
                var key = this.temp(false);
                before += key + '=' + this.argument(left.property) + ',';
                target = object + '[' + key + ']';
            } else {
                target = object + '.' + left.property.name;
            }
        } else {
            target = this.write(left);
        }
        var value = this.pad(left.start, node.right.start, before) + this.argument(node.right);
        return '(' + before + (operator === '??' ? this.orElse(target, target + '=' + value) : '(' + target + operator + '(' + target + '=' + value + '))') + ')';
    };

    Lowering.prototype.orElse = function (value, otherwise) {
        var given = this.temp(false);
        return '((' + given + '=' + value + ')!=null?' + given + ':(' + otherwise + '))';
    };

    Lowering.prototype.LogicalExpression = function (node) {
        if (node.operator !== '??')
            return this.copy(node);
        var left = this.argument(node.left);
        return this.orElse(left, this.newLines(node.left.end, node.right.start) + this.write(node.right));
    };

    // Loops over patterns take each value into a name first. for each goes over the values of an object, as Rhino does.
    Lowering.prototype.loopOver = function (node) {
        if (node.await)
            refuse(node, "'for await' is not carried; services are called directly");
        var isDeclaration = node.left.type === 'VariableDeclaration', pattern = isDeclaration ? node.left.declarations[0].id : node.left;
        if (!node.each && !isPattern(pattern))
            return this.copy(node);
        var left, head = '';
        if (isPattern(pattern)) {
            var out = [], value = this.temp(true), kind = isDeclaration ? node.left.kind : 'var';
            left = kind + ' ' + value;
            this.bind(pattern, value, isDeclaration, out);
            head = isDeclaration ? kind + ' ' + out.join(',') + ';' : out.join(',') + ';';
        } else {
            left = this.copy(node.left);
        }
        var right = this.argument(node.right), word = node.type === 'ForOfStatement' || node.each ? ' of ' : ' in ';
        var top = 'for(' + left + this.pad(node.start, node.right.start, left + head) + word + (node.each ? '$$h.each(' + right + ')' : right) +
            this.newLines(node.right.end, node.body.start) + ')';
        return head === '' ? top + this.write(node.body) : top + '{' + head + this.write(node.body) + '}';
    };

    Lowering.prototype.ForOfStatement = Lowering.prototype.loopOver;
    Lowering.prototype.ForInStatement = Lowering.prototype.loopOver;

    // The engine has one variable for all turns: functions get a copy of their turn's.
    Lowering.prototype.ForStatement = function (node) {
        var kept = node.kept;
        if (kept.length === 0)
            return this.copy(node);
        var copies = [], own = [];
        for (var i = 0; i < kept.length; i++) {
            var copy = this.temp(true);
            copies.push(copy + '=' + kept[i]);
            own.push(kept[i] + '=' + copy);
        }
        var body = node.body;
        node.body = null;
        var head = this.copy(node, node.start, body.start);
        node.body = body;
        return head + '{let ' + copies.join(',') + ';{let ' + own.join(',') + ';' + this.write(body) + '}}';
    };

    Lowering.prototype.CatchClause = function (node) {
        if (!node.param || !isPattern(node.param))
            return this.copy(node);
        var caught = this.temp(true), out = [];
        this.bind(node.param, caught, true, out);
        var head = 'let ' + out.join(',') + ';';
        return 'catch(' + caught + ')' + this.pad(node.start, node.body.start, head) + '{' + head + this.write(node.body).slice(1);
    };

    Lowering.prototype.Property = function (node) {
        if (isNamedBySymbol(node))
            return this.slice(node.start, node.key.start) + this.write(node.key) + this.slice(node.key.end, node.value.start) + ':' + this.functionText(node.value, 'function', false);
        if (!node.shorthand)
            return this.copy(node);
        var value = this.write(node.value);
        return value === node.value.name ? value : node.key.name + ':' + value;
    };

    Lowering.prototype.functionLike = function (node) {
        this.refuseFunction(node);
        var name = node.id ? this.slice(node.start, node.id.end) : this.source.charAt(node.start) === '(' ? '' : 'function';
        return this.functionText(node, name, false);
    };

    Lowering.prototype.FunctionExpression = Lowering.prototype.functionLike;
    Lowering.prototype.FunctionDeclaration = Lowering.prototype.functionLike;

    Lowering.prototype.refuseFunction = function (node) {
        if (node.generator)
            refuse(node, 'generators are not carried');
        if (node.async)
            refuse(node, "'async' is not carried; services are called directly");
    };

    Lowering.prototype.ArrowFunctionExpression = function (node) {
        this.refuseFunction(node);
        return '(' + this.functionText(node, 'function', true) + ')' + (node.saysThis ? '.bind(this)' : '');
    };

    Lowering.prototype.functionText = function (node, name, isArrow) {
        var outer = this.frame, self = this, frame = this.frame = this.newFrame(outer, isArrow);
        var parameters = this.parameters(node.params), body = node.body, text;
        function head() {
            return self.head(frame) + parameters.head;
        }
        if (body.type === 'BlockStatement') {
            text = '{' + this.statements(body.body, body.start + 1, body.end, head);
        } else {
            var given = this.write(body);
            text = '{' + head() + 'return(' + given + this.newLines(body.end, node.end) + ');}';
        }
        this.frame = outer;
        var top = name + '(' + parameters.names.join(',') + ')';
        return top + this.pad(node.start, body.start, top + parameters.head) + text;
    };

    // Defaults and patterns are worked out in the head of the body, in order.
    Lowering.prototype.parameters = function (list) {
        var names = [], head = '';
        for (var i = 0; i < list.length; i++) {
            var isDefault = list[i].type === 'AssignmentPattern', target = isDefault ? list[i].left : list[i];
            if (target.type === 'RestElement') {
                head += this.headOf(target.argument, '$$h.rest(arguments,' + i + ')');
                continue;
            }
            var name = isPattern(target) ? this.temp(true) : target.name;
            names.push(name);
            if (isDefault)
                head += 'if(' + name + '===void 0)' + name + '=' + this.argument(list[i].right) + ';';
            if (isPattern(target))
                head += this.headOf(target, name);
        }
        return { names: names, head: head };
    };

    Lowering.prototype.headOf = function (pattern, value) {
        var out = [];
        this.bind(pattern, value, true, out);
        return 'var ' + out.join(',') + ';';
    };

    Lowering.prototype.Identifier = function (node) {
        if (node.name !== 'arguments' || !this.frame.isArrow)
            return this.slice(node.start, node.end);
        var frame = this.frame;
        while (frame.isArrow && frame.outer)
            frame = frame.outer;
        frame.saysArguments = true;
        return '$$_arguments';
    };

    Lowering.prototype.Super = function (node) {
        if (this.frame.isArrow)
            refuse(node, "'super' in an arrow function is not carried");
        return 'super';
    };

    function hasSpread(list) {
        return list.some(function (one) { return one !== null && one.type === 'SpreadElement'; });
    }

    // A list in which some are spread, as the text of an expression that gives an array.
    Lowering.prototype.listText = function (list, from, to) {
        var chunks = [], plain = [], i;
        function close() {
            if (plain.length > 0)
                chunks.push('[' + plain.join(',') + (plain[plain.length - 1] === '' ? ',]' : ']'));
            plain = [];
        }
        var at = from;
        for (i = 0; i < list.length; i++) {
            if (list[i] === null) {
                plain.push('');
                continue;
            }
            var gap = this.newLines(at, list[i].start);
            at = list[i].end;
            if (list[i].type === 'SpreadElement') {
                close();
                chunks.push(gap + '$$h.list(' + this.argument(list[i].argument) + ')');
            } else {
                plain.push(gap + this.argument(list[i]));
            }
        }
        close();
        var end = this.newLines(at, to);
        return chunks.length === 1 ? chunks[0] + end : '$$h.all(' + chunks.join(',') + end + ')';
    };

    Lowering.prototype.ArrayExpression = function (node) {
        return hasSpread(node.elements) ? this.listText(node.elements, node.start, node.end) : this.copy(node);
    };

    Lowering.prototype.ObjectExpression = function (node) {
        if (!hasSpread(node.properties))
            return this.copy(node);
        var text = '{', isOpen = true, at = node.start;
        for (var i = 0; i < node.properties.length; i++) {
            var part = node.properties[i], gap = this.newLines(at, part.start);
            at = part.end;
            if (part.type === 'SpreadElement') {
                text = '$$h.spread(' + text + (isOpen ? '}' : '') + gap + ',' + this.argument(part.argument) + ')';
                isOpen = false;
            } else {
                if (!isOpen)
                    text = '$$h.add(' + text + ',{';
                text += (isOpen && text.charAt(text.length - 1) !== '{' ? ',' : '') + gap + this.write(part);
                // What was added to is closed again where the next spread, or the end, comes.
                if (!isOpen) {
                    while (i + 1 < node.properties.length && node.properties[i + 1].type !== 'SpreadElement') {
                        part = node.properties[++i];
                        text += ',' + this.newLines(at, part.start) + this.write(part);
                        at = part.end;
                    }
                    text += '})';
                }
            }
        }
        return text + (isOpen ? '}' : '') + this.newLines(at, node.end);
    };

    Lowering.prototype.NewExpression = function (node) {
        return hasSpread(node.arguments)
            ? '$$h.make(' + this.argument(node.callee) + ',' + this.listText(node.arguments, node.callee.end, node.end) + ')'
            : this.plainCall(node);
    };

    Lowering.prototype.plainCall = function (node) {
        if (!hasTrailingComma(this.source, node.arguments, node.end))
            return this.copy(node);
        var end = node.arguments[node.arguments.length - 1].end;
        return this.copy(node, node.start, end) + this.slice(end, node.end).replace(',', '');
    };

    Lowering.prototype.CallExpression = function (node) {
        if (!hasSpread(node.arguments))
            return this.plainCall(node);
        var callee = node.callee;
        if (callee.type === 'Super')
            refuse(node, "spread in super(…) is not carried; name the arguments");
        var list = this.listText(node.arguments, callee.end, node.end);
        if (callee.type !== 'MemberExpression')
            return '$$h.call(' + this.argument(callee) + ',void 0,' + list + ')';
        if (callee.object.type === 'Super')
            return this.write(callee) + '.apply(this,' + list + ')';
        return '$$h.invoke(' + this.argument(callee.object) + ',' + this.keyText(callee) + ',' + list + ')';
    };

    Lowering.prototype.keyText = function (member) {
        var gap = this.newLines(member.object.end, member.property.start);
        return gap + (member.computed ? this.argument(member.property) : '"' + member.property.name + '"');
    };

    // a?.b.c(d): where a is nothing, so is all of it.
    Lowering.prototype.ChainExpression = function (node) {
        var tests = [], text = this.link(node.expression, tests).text;
        return this.chainText(tests, 'void 0', text);
    };

    Lowering.prototype.chainText = function (tests, otherwise, text) {
        return '(' + tests.map(function (test) { return test + '==null?' + otherwise + ':'; }).join('') + text + ')';
    };

    // The text of a part of a chain; for a member that is to be called also its object's.
    Lowering.prototype.link = function (node, tests, isCalled) {
        var inner, kept, self;
        if (node.type === 'MemberExpression') {
            inner = this.link(node.object, tests).text;
            if (node.optional) {
                kept = this.temp(false);
                tests.push('(' + kept + '=' + inner + ')');
                inner = kept;
            }
            if (isCalled && node.object.type !== 'Super') {
                self = this.temp(false);
                tests.self = self + '=' + inner + ',';
                inner = self;
            }
            var gap = this.newLines(node.object.end, node.property.start);
            return { text: inner + gap + (node.computed ? '[' + this.write(node.property) + ']' : '.' + node.property.name), self: self };
        }
        if (node.type !== 'CallExpression')
            return { text: this.operand(node) };
        if (!node.optional && !hasSpread(node.arguments)) {
            inner = this.link(node.callee, tests).text;
            return { text: inner + '(' + this.argumentsText(node) + ')' };
        }
        inner = this.link(node.callee, tests, true);
        var before = inner.self ? tests.self : '', target = inner.text;
        if (node.optional) {
            kept = this.temp(false);
            tests.push('(' + before + kept + '=' + target + ')');
            target = kept;
        } else if (before !== '') {
            target = '(' + before + target + ')';
        }
        return { text: '$$h.call(' + target + ',' + (inner.self || 'void 0') + ',' + this.listOf(node) + ')' };
    };

    Lowering.prototype.argumentsText = function (node) {
        var text = '', at = node.callee.end;
        for (var i = 0; i < node.arguments.length; i++) {
            text += (i > 0 ? ',' : '') + this.newLines(at, node.arguments[i].start) + this.argument(node.arguments[i]);
            at = node.arguments[i].end;
        }
        return text + this.newLines(at, node.end);
    };

    Lowering.prototype.listOf = function (node) {
        return hasSpread(node.arguments) ? this.listText(node.arguments, node.callee.end, node.end) : '[' + this.argumentsText(node) + ']';
    };

    Lowering.prototype.UnaryExpression = function (node) {
        if (node.operator !== 'delete' || node.argument.type !== 'ChainExpression')
            return this.copy(node);
        var tests = [], text = this.link(node.argument.expression, tests).text;
        return this.chainText(tests, 'true', 'delete ' + text);
    };

    // Gives the lowered text, null where there is nothing to lower.
    return function (source, tree, maxDepth) {
        // A sum of many parts is deep in the tree, though it counts as one level to those who come after.
        var survey = new Survey(source, 2 * maxDepth);
        survey.visit(tree);
        return survey.isNeeded ? new Lowering(source, 2 * maxDepth).write(tree) : null;
    };
})
