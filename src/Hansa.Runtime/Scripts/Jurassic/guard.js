// Reads a service's source with acorn and writes it again with guards, so that the host sees every loop turn,
// every function entry and every text that grows. What the engine does not run is lowered first (see lower.js), or refused by
// name and line. Names that begin with $$ belong to the guards and the lowering; authors cannot write them:
//   $$c  turns left until the host looks again     $$t  the host looks           $$e  a function was entered
//   $$k  a text grew                               $$n  an object was made by new or class
//   $$d  a text may become a number                $$u  a member is counted up, or multiplied and the like
//   $$h  what lowered syntax calls (see syntax.js) $$r  a value while it is looked at
//   $$l  a statement that reads or writes members begins: a platform's object may refuse it
// The engine makes much code of a call and little of an element or of instanceof, and a service's first call waits for
// that code. So $$t, $$e and $$l are told their line as $$e[12], and $$k and $$d look at a value as in x instanceof $$d.
(function (acorn, base, lower) {
    'use strict';

    var refuse = base.refuse, isNode = base.isNode;

    var RESERVED = /^\$\$/;
    var STATEMENTS_PER_TURN = 16;
    var PIECES_PER_CHECK = 4;

    // Kinds of nodes that are refused, and what the author is told.
    var REFUSED = {
        WithStatement: "'with' is not carried; name the object instead",
        AwaitExpression: "'await' is not carried; services are called directly",
        YieldExpression: 'generators are not carried',
        ImportExpression: "'import' is not carried",
        ImportDeclaration: "'import' is not carried",
        ExportNamedDeclaration: "'export' is not carried",
        ExportDefaultDeclaration: "'export' is not carried",
        ExportAllDeclaration: "'export' is not carried",
        PropertyDefinition: 'class fields are not carried; assign them in the constructor',
        StaticBlock: 'static blocks are not carried',
        PrivateIdentifier: 'private members are not carried'
    };

    // The places where lines begin.
    function linesOf(source) {
        var starts = [0], breaks = /\r\n|[\n\r\u2028\u2029]/g;
        while (breaks.exec(source) !== null)
            starts.push(breaks.lastIndex);
        return starts;
    }

    // Which expressions are numbers whatever happens: they need no guard. A variable is one where all that is ever
    // assigned to that name is one; scopes are not told apart, which errs on the safe side.
    function Numbers(tree, parameters) {
        this.given = new Map();
        for (var i = 0; i < parameters.length; i++)
            this.anything(parameters[i]);
        this.read(tree);
    }

    Numbers.prototype.give = function (name, node) {
        var known = this.given.get(name);
        if (known === undefined)
            this.given.set(name, [node]);
        else if (known !== null)
            known.push(node);
    };

    Numbers.prototype.anything = function (name) {
        this.given.set(name, null);
    };

    Numbers.prototype.read = function (node) {
        var i;
        switch (node.type) {
            case 'VariableDeclarator':
                if (node.id.type === 'Identifier' && node.init)
                    this.give(node.id.name, node.init);
                else if (node.id.type === 'Identifier' && !this.given.has(node.id.name))
                    this.given.set(node.id.name, []);
                break;
            case 'AssignmentExpression':
                if (node.left.type === 'Identifier' && (node.operator === '=' || node.operator === '+='))
                    this.give(node.left.name, node.right);
                break;
            case 'ForInStatement':
            case 'ForOfStatement':
                var left = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
                if (left.type === 'Identifier')
                    this.anything(left.name);
                break;
            case 'CatchClause':
                if (node.param && node.param.type === 'Identifier')
                    this.anything(node.param.name);
                break;
            case 'ClassDeclaration':
            case 'ClassExpression':
                if (node.id)
                    this.anything(node.id.name);
                break;
            case 'FunctionDeclaration':
            case 'FunctionExpression':
                if (node.id)
                    this.anything(node.id.name);
                for (i = 0; i < node.params.length; i++)
                    this.anything(node.params[i].name);
                break;
        }
        for (var name in node) {
            var value = node[name];
            if (isNode(value)) {
                this.read(value);
            } else if (value !== null && typeof value === 'object' && typeof value.length === 'number') {
                for (i = 0; i < value.length; i++) {
                    if (isNode(value[i]))
                        this.read(value[i]);
                }
            }
        }
    };

    Numbers.prototype.has = function (node) {
        switch (node.type) {
            case 'Literal': return typeof node.value === 'number' || typeof node.value === 'boolean';
            case 'UpdateExpression': return true;
            case 'UnaryExpression': return node.operator !== 'typeof' && node.operator !== 'void';
            case 'ConditionalExpression': return this.has(node.consequent) && this.has(node.alternate);
            case 'LogicalExpression': return this.has(node.left) && this.has(node.right);
            case 'BinaryExpression': return node.operator !== '+' || (this.has(node.left) && this.has(node.right));
            case 'AssignmentExpression':
                return node.operator === '=' ? this.has(node.right)
                    : node.operator !== '+=' || (this.has(node.left) && this.has(node.right));
            case 'Identifier': return this.hasName(node.name);
            default: return false;
        }
    };

    Numbers.prototype.hasName = function (name) {
        var given = this.given.get(name);
        if (given === undefined)
            return name === 'undefined' || name === 'NaN' || name === 'Infinity';
        if (given === null || given === true)
            return given === true;
        // While it is being found out it is taken for a number: s = s * 2 says nothing against s.
        this.given.set(name, true);
        for (var i = 0; i < given.length; i++) {
            if (!this.has(given[i])) {
                this.given.set(name, null);
                return false;
            }
        }
        return true;
    };

    function isShortText(node) {
        return (node.type === 'Literal' && typeof node.value === 'string' && node.value.length <= 1000) ||
            (node.type === 'UnaryExpression' && (node.operator === 'typeof' || node.operator === 'void'));
    }

    function isStrict(statements) {
        return statements.some(function (statement) { return statement.directive === 'use strict'; });
    }

    function isNothing(node) {
        return (node.type === 'Literal' && node.value === null && !node.regex) || (node.type === 'Identifier' && node.name === 'undefined');
    }

    function Writer(source, maxDepth) {
        base.Rewriter.call(this, source, maxDepth);
        this.functions = 0;
        this.frame = { holds: false, says: false, strict: false };
        this.declared = new Set();
        this.assigned = new Set();
        this.saysResult = false;
        this.touches = false;
        this.lines = linesOf(source);
    }

    Writer.prototype = Object.create(base.Rewriter.prototype);

    Writer.prototype.lineOf = function (at) {
        var low = 0, high = this.lines.length - 1;
        while (low < high) {
            var middle = (low + high + 1) >> 1;
            if (this.lines[middle] <= at)
                low = middle;
            else
                high = middle - 1;
        }
        return low + 1;
    };

    Writer.prototype.turn = function (node) {
        return '$$c--<0&&($$c=$$t[' + this.lineOf(node.start) + ']);';
    };

    // A value that a guard looks at before it goes on.
    function looked(guard, node, text) {
        return node.type === 'Identifier' ? '(' + text + ' instanceof ' + guard + ',' + text + ')' : kept(guard, text);
    }

    function kept(guard, text) {
        return '(($$r=' + text + ')instanceof ' + guard + ',$$r)';
    }

    Writer.prototype.write = function (node) {
        var refused = REFUSED[node.type];
        if (typeof refused === 'string')
            refuse(node, refused);
        return base.Rewriter.prototype.write.call(this, node);
    };

    Writer.prototype.declare = function (node) {
        if (node && node.type === 'Identifier')
            this.declared.add(node.name);
    };

    Writer.prototype.assign = function (node) {
        if (node && node.type === 'Identifier')
            this.assigned.add(node.name);
    };

    // Statements in order, with a turn now and then so that long straight code is seen too; directives stay first.
    Writer.prototype.statements = function (list, from, to, head) {
        var text = '', at = from, i = 0;
        for (; i < list.length && list[i].directive; i++) {
            text += this.slice(at, list[i].end);
            at = list[i].end;
        }
        if (i > 0 && head)
            text += ';';
        text += head;
        for (var n = 1; i < list.length; i++, n++) {
            text += this.slice(at, list[i].start);
            if (n % STATEMENTS_PER_TURN === 0)
                text += this.turn(list[i]);
            text += this.statement(list[i]);
            at = list[i].end;
        }
        return text + this.slice(at, to);
    };

    Writer.prototype.statement = function (node) {
        if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
            return this.write(node);
        this.touches = false;
        var text = this.write(node);
        // Without the parentheses of an operand: the statement would be taken for a call of the line before.
        if (text.charAt(0) === '(' && this.source.charAt(node.start) !== '(')
            text = ';' + text;
        return this.touches ? '$$l[' + this.lineOf(node.start) + '];' + text : text;
    };

    Writer.prototype.MemberExpression = function (node) {
        if (node.object.type !== 'ThisExpression')
            this.touches = true;
        return this.copy(node);
    };

    // A call of a member of a name, x.f(), is a call: the engine knows its line.
    Writer.prototype.CallExpression = function (node) {
        var callee = node.callee, before = this.touches;
        if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.computed)
            return this.copy(node);
        node.callee = null;
        var text = this.write(callee.object) + this.slice(callee.object.end, callee.end) + this.copy(node, callee.end);
        node.callee = callee;
        this.touches = before || this.touches;
        return text;
    };

    Writer.prototype.block = function (node, head) {
        return '{' + this.statements(node.body, node.start + 1, node.end, head);
    };

    Writer.prototype.BlockStatement = function (node) {
        return this.block(node, '');
    };

    Writer.prototype.loop = function (node) {
        if (node.left)
            this.assign(node.left);
        var body = node.body;
        node.body = null;
        // Of some iterators the engine gives a constant one value only. That it is not assigned is seen to before.
        var head = this.copy(node, node.start, body.start);
        if (node.left)
            head = head.replace(/^(for\s*\(\s*)const\b/, '$1let');
        node.body = body;
        return head + this.turning(body);
    };

    Writer.prototype.turning = function (body) {
        var turn = this.turn(body);
        return body.type === 'BlockStatement' ? this.block(body, turn) : this.braced(body, turn);
    };

    // A statement without braces, so that its line can be noted.
    Writer.prototype.braced = function (node, head) {
        return '{' + head + this.statement(node) + '}';
    };

    Writer.prototype.branch = function (node) {
        return node.type === 'BlockStatement' || node.type === 'IfStatement' || node.type === 'EmptyStatement' ? this.write(node) : this.braced(node, '');
    };

    Writer.prototype.IfStatement = function (node) {
        var text = this.slice(node.start, node.test.start) + this.write(node.test) + this.slice(node.test.end, node.consequent.start);
        var touches = this.touches, at = node.consequent.end;
        text += this.branch(node.consequent);
        if (node.alternate) {
            text += this.slice(at, node.alternate.start) + this.branch(node.alternate);
            at = node.alternate.end;
        }
        this.touches = touches || this.touches;
        return text + this.slice(at, node.end);
    };

    Writer.prototype.WhileStatement = Writer.prototype.loop;
    Writer.prototype.ForStatement = Writer.prototype.loop;
    Writer.prototype.ForInStatement = Writer.prototype.loop;

    Writer.prototype.ForOfStatement = Writer.prototype.loop;

    Writer.prototype.DoWhileStatement = function (node) {
        return this.slice(node.start, node.body.start) + this.turning(node.body) +
            this.slice(node.body.end, node.test.start) + this.write(node.test) + this.slice(node.test.end, node.end);
    };

    Writer.prototype.parameters = function (list) {
        for (var i = 0; i < list.length; i++)
            this.declare(list[i]);
    };

    // A function around another gets an arguments object at each call, at 5 us for each argument, whether it says
    // 'arguments' or not; unless a parameter has that name. So one that does not say it is given such a parameter.
    Writer.prototype.enter = function (body) {
        var outer = this.frame;
        outer.holds = true;
        this.frame = { holds: false, says: false, strict: outer.strict || isStrict(body) };
        this.functions++;
        return outer;
    };

    Writer.prototype.leave = function (outer) {
        var frame = this.frame;
        this.frame = outer;
        this.functions--;
        return frame.holds && !frame.says && !frame.strict;
    };

    Writer.prototype.functionLike = function (node, hasFixedParameters) {
        if (node.generator)
            refuse(node, 'generators are not carried');
        if (node.async)
            refuse(node, "'async' is not carried; services are called directly");
        this.declare(node.id);
        this.parameters(node.params);
        var text = '', at = node.start;
        if (node.id) {
            text += this.slice(at, node.id.start) + this.write(node.id);
            at = node.id.end;
        }
        var outer = this.enter(node.body.body);
        for (var i = 0; i < node.params.length; i++) {
            text += this.slice(at, node.params[i].start) + this.write(node.params[i]);
            at = node.params[i].end;
        }
        var body = this.block(node.body, '$$e[' + this.lineOf(node.start) + '];'), gap = this.slice(at, node.body.start);
        if (this.leave(outer) && hasFixedParameters !== true && gap.indexOf('/') < 0)
            gap = i > 0 ? ',arguments' + gap : gap.replace('(', '(arguments');
        return text + gap + body;
    };

    Writer.prototype.FunctionDeclaration = Writer.prototype.functionLike;
    Writer.prototype.FunctionExpression = Writer.prototype.functionLike;

    Writer.prototype.ReturnStatement = function (node) {
        if (!node.argument)
            return this.functions === 0 ? 'return typeof result==="undefined"?undefined:result;' : this.copy(node);
        return this.slice(node.start, node.argument.start) + this.given(node.argument) + this.slice(node.argument.end, node.end);
    };

    Writer.prototype.VariableDeclarator = function (node) {
        this.declare(node.id);
        return this.copy(node);
    };

    Writer.prototype.CatchClause = function (node) {
        this.declare(node.param);
        if (node.param)
            return this.copy(node);
        return this.slice(node.start, node.start + 5) + '($$ignored)' + this.slice(node.start + 5, node.body.start) + this.write(node.body);
    };

    Writer.prototype.Identifier = function (node) {
        if (node.name === 'eval')
            refuse(node, "'eval' is not carried; write the code in the service");
        if (node.name === 'arguments')
            this.frame.says = true;
        if (node.name === 'result')
            this.saysResult = true;
        return this.slice(node.start, node.end);
    };

    Writer.prototype.Property = function (node) {
        if (node.shorthand && node.value.type === 'Identifier')
            return this.write(node.value);
        if (node.method || node.kind !== 'init')
            return this.method(node);
        return this.copy(node);
    };

    Writer.prototype.MethodDefinition = function (node) {
        if (node.computed && /^Symbol\b/.test(this.slice(node.key.start, node.key.end)))
            refuse(node, "a method of a class named by a symbol is not carried; assign it to the prototype");
        return this.method(node);
    };

    // Methods of classes are strict, and a getter has no parameters.
    Writer.prototype.method = function (node) {
        var key = node.computed ? this.slice(node.start, node.key.start) + this.write(node.key) : this.slice(node.start, node.key.end);
        return key + this.slice(node.key.end, node.value.start) + this.functionLike(node.value, true);
    };

    // An operand that becomes a number: the engine takes hours over a text of a million digits.
    Writer.prototype.number = function (node) {
        var text = this.write(node);
        if (this.numbers.has(node) || isShortText(node) || isNothing(node))
            return text;
        this.touches = true;
        return looked('$$d', node, node.type === 'SequenceExpression' ? '(' + text + ')' : text);
    };

    // What a function gives: the engine may call it to make a number of an object.
    Writer.prototype.given = function (node) {
        switch (node.type) {
            case 'ObjectExpression':
            case 'ArrayExpression':
            case 'FunctionExpression':
            case 'NewExpression':
            case 'ThisExpression':
                return this.write(node);
            default:
                return this.number(node);
        }
    };

    Writer.prototype.pair = function (node, left, right) {
        return this.slice(node.start, node.left.start) + left + this.slice(node.left.end, node.right.start) + right +
            this.slice(node.right.end, node.end);
    };

    Writer.prototype.UnaryExpression = function (node) {
        if (node.operator !== '+' && node.operator !== '-' && node.operator !== '~')
            return this.copy(node);
        return this.slice(node.start, node.argument.start) + this.number(node.argument) + this.slice(node.argument.end, node.end);
    };

    // Counts a member up or down, or changes it by an operator: one call, as its object and key are worked out once.
    Writer.prototype.change = function (member, operator, by, isBefore) {
        if (member.object.type === 'Super')
            refuse(member, "changing a member of 'super' in place is not carried");
        var key = member.computed ? this.write(member.property) : '"' + member.property.name + '"';
        return '$$u(' + this.write(member.object) + ',' + key + this.newLines(member.object.end, member.end) + ',"' + operator + '",' + by + ',' + isBefore + ')';
    };

    Writer.prototype.UpdateExpression = function (node) {
        var target = node.argument;
        this.assign(target);
        if (target.type === 'MemberExpression')
            return this.change(target, node.operator.charAt(0), '1', node.prefix);
        return this.numbers.has(target) ? this.copy(node) : '(' + target.name + ' instanceof $$d,' + this.copy(node) + ')';
    };

    Writer.prototype.AssignmentExpression = function (node) {
        this.assign(node.left);
        var operator = node.operator;
        var left = node.left;
        if (operator === '=') {
            var isPlain = left.type !== 'MemberExpression' || (!left.computed && left.property.name !== 'length' && left.property.name !== 'lastIndex') ||
                (left.computed && this.numbers.has(left.property));
            return isPlain ? this.copy(node) : this.pair(node, this.write(left), this.number(node.right));
        }
        if (operator !== '+=') {
            if (left.type === 'MemberExpression')
                return this.change(left, operator.slice(0, -1), this.number(node.right), true);
            var changed = operator === '**='
                ? left.name + '=Math.pow(' + left.name + ',' + this.number(node.right) + this.newLines(left.end, node.right.start) + ')'
                : this.pair(node, left.name, this.number(node.right));
            return this.numbers.has(left) ? changed : '(' + left.name + ' instanceof $$d,' + changed + ')';
        }
        var text = this.copy(node);
        if (operator !== '+=' || !this.mayGrow(node.right))
            return text;
        this.touches = true;
        return left.type === 'Identifier' ? '((' + text + ')instanceof $$k,' + left.name + ')' : kept('$$k', text);
    };

    // A sum may be a long text where neither side is known to be a number or a short text.
    Writer.prototype.mayGrow = function (node) {
        switch (node.type) {
            case 'Literal': return typeof node.value === 'string' && node.value.length > 1000;
            case 'BinaryExpression': return node.operator === '+' && (this.mayGrow(node.left) || this.mayGrow(node.right));
            case 'UnaryExpression': return false;
            default: return !this.numbers.has(node);
        }
    };

    Writer.prototype.BinaryExpression = function (node) {
        if (node.operator === '**') {
            return 'Math.pow(' + this.number(node.left) + ',' + this.newLines(node.left.end, node.right.start) + this.number(node.right) + ')';
        }
        switch (node.operator) {
            case '+':
                return this.sum(node);
            case '===':
            case '!==':
            case 'in':
            case 'instanceof':
                return this.copy(node);
            case '==':
            case '!=':
                if (isNothing(node.left) || isNothing(node.right))
                    return this.copy(node);
                break;
        }
        // Beside a short text the other side is compared as a text, or as a number that is one already.
        if ((isShortText(node.left) || isShortText(node.right)) && /^([<>]=?|[!=]=)$/.test(node.operator))
            return this.copy(node);
        return this.pair(node, this.number(node.left), this.number(node.right));
    };

    Writer.prototype.sum = function (node) {
        // A chain a + b + c … is read from its end, without recursion on its left side: authors build long texts so.
        var chain = [], left = node;
        for (; left.type === 'BinaryExpression' && left.operator === '+'; left = left.left)
            chain.push(left);
        if (chain.length > this.maxDepth)
            refuse(node, 'a sum has more than ' + this.maxDepth + ' parts');
        var text = this.write(left), pieces = this.mayGrow(left) ? 1 : 0, start = left.start, end = left.end;
        for (var i = chain.length - 1; i >= 0; i--) {
            var part = chain[i];
            text = this.slice(part.start, start) + text + this.slice(end, part.right.start) + this.write(part.right) +
                this.slice(part.right.end, part.end);
            start = part.start;
            end = part.end;
            if (this.mayGrow(part.right))
                pieces++;
            if (pieces > 0)
                this.touches = true;
            if (pieces > 1 && (i === 0 || pieces >= PIECES_PER_CHECK)) {
                text = kept('$$k', text);
                pieces = 1;
            }
        }
        return text;
    };

    Writer.prototype.TemplateLiteral = function (node) {
        if (node.expressions.length === 0)
            return '(""+' + this.copy(node) + ')';
        var text = '', at = node.start, many = node.expressions.length > PIECES_PER_CHECK;
        for (var i = 0; i < node.expressions.length; i++) {
            var piece = node.expressions[i];
            text += this.slice(at, piece.start);
            text += many ? '$$k(' + this.write(piece) + ',' + node.expressions.length + ')' : this.write(piece);
            at = piece.end;
        }
        this.touches = true;
        // The engine takes f(`…`) for a tagged template; a sum is none.
        return kept('$$k', '""+' + text + this.slice(at, node.end));
    };

    Writer.prototype.TaggedTemplateExpression = function (node) {
        refuse(node, 'tagged templates are not carried; call the function');
    };

    Writer.prototype.NewExpression = function (node) {
        if (/^new\s*new\b/.test(this.slice(node.start, node.end)))
            refuse(node, "'new' straight after 'new' is not carried; put the inner one in parentheses");
        return '$$n(' + this.copy(node) + ')';
    };

    Writer.prototype.ClassExpression = function (node) {
        this.declare(node.id);
        return '$$n(' + this.copy(node) + ')';
    };

    Writer.prototype.ClassDeclaration = function (node) {
        this.declare(node.id);
        return this.copy(node) + ';$$n(' + node.id.name + ');';
    };

    Writer.prototype.Literal = function (node) {
        if (typeof node.bigint === 'string')
            refuse(node, 'BigInt is not carried; use a number');
        if (node.regex && /[^gimu]/.test(node.regex.flags))
            refuse(node, "of a regular expression's flags only g, i and m are carried");
        if (node.regex && /\(\?<[^=!]/.test(node.regex.pattern))
            refuse(node, 'named groups of a regular expression are not carried; count them');
        var text = this.slice(node.start, node.end);
        return typeof node.value === 'number' ? text.replace(/_/g, '') : text;
    };

    // Rhino's for each (x in o), which acorn knows as for (x in o).
    function Parser(options, source) {
        acorn.Parser.call(this, options, source);
        this.input = source;
    }

    Parser.prototype = Object.create(acorn.Parser.prototype);

    Parser.prototype.parseForStatement = function (node) {
        var isEach = /^\s+each\s*\(/.test(this.input.slice(this.end, this.end + 100));
        if (isEach)
            this.next();
        var loop = acorn.Parser.prototype.parseForStatement.call(this, node);
        if (isEach && loop.type !== 'ForInStatement')
            refuse(loop, "'for each' goes over the values 'in' an object");
        loop.each = isEach;
        return loop;
    };

    function parse(source) {
        return new Parser({ ecmaVersion: 2022, sourceType: 'script', allowReturnOutsideFunction: true, allowHashBang: false }, source).parse();
    }

    // What the parser could not read, in words that help where it is something that other engines carry.
    function reasonOf(error, source) {
        var rest = source.slice(error.pos, error.pos + 2);
        if (/^<[A-Za-z>]/.test(rest) || rest.charAt(0) === '@' || (rest.charAt(0) === '.' && source.charAt(error.pos - 1) === '.'))
            return 'XML in the source (E4X) is not carried; build the text, or take it as a parameter of type XML';
        if (/\bawait\s+$/.test(source.slice(Math.max(0, error.pos - 20), error.pos)))
            return "'await' is not carried; services are called directly";
        return String(error.message).replace(/ \(\d+:\d+\)$/, '');
    }

    // Refuses reserved names, and constants that are assigned: the engine would let that pass. A name that is declared
    // elsewhere too is left alone.
    function checkNames(tree) {
        var constants = new Map(), assigned = [];
        function declare(pattern, isConstant) {
            if (pattern.type === 'Identifier') {
                constants.set(pattern.name, isConstant && !constants.has(pattern.name));
            } else if (pattern.type !== 'MemberExpression') {
                base.childrenOf(pattern).forEach(function (part) { declare(part.type === 'Property' ? part.value : part, isConstant); });
            }
        }
        function walk(node) {
            var i;
            switch (node.type) {
                case 'Identifier':
                    if (RESERVED.test(node.name))
                        refuse(node, "names that begin with '$$' are reserved");
                    break;
                case 'VariableDeclaration':
                    for (i = 0; i < node.declarations.length; i++)
                        declare(node.declarations[i].id, node.kind === 'const');
                    break;
                case 'FunctionDeclaration':
                case 'FunctionExpression':
                case 'ArrowFunctionExpression':
                    for (i = 0; i < node.params.length; i++)
                        declare(node.params[i], false);
                    break;
                case 'CatchClause':
                    if (node.param)
                        declare(node.param, false);
                    break;
                case 'AssignmentExpression':
                    assigned.push(node.left);
                    break;
                case 'UpdateExpression':
                    assigned.push(node.argument);
                    break;
            }
            var children = base.childrenOf(node);
            for (i = 0; i < children.length; i++)
                walk(children[i]);
        }
        walk(tree);
        for (var i = 0; i < assigned.length; i++) {
            if (assigned[i].type === 'Identifier' && constants.get(assigned[i].name) === true)
                refuse(assigned[i], "'" + assigned[i].name + "' is a constant and cannot be assigned; declare it with 'let' or 'var'");
        }
    }

    // Gives {code} or {error, line}.
    // The source is an object throughout: the engine would make one anew for each character that is asked of a plain text.
    return function (source, parameters, globals, maxDepth) {
        source = new String(source);
        var writer = new Writer(source, maxDepth);
        try {
            var tree = parse(source);
            checkNames(tree);
            var lowered = lower(source, tree, maxDepth);
            if (lowered !== null) {
                source = new String(lowered);
                tree = parse(source);
                writer = new Writer(source, maxDepth);
            }
            var known = new Set(globals.concat(parameters)), names = [];
            // Names that are assigned and nowhere declared become variables of this call, not of the engine.
            writer.frame.strict = isStrict(tree.body);
            writer.numbers = new Numbers(tree, parameters);
            var body = writer.statements(tree.body, 0, source.length, '$$vars;');
            writer.assigned.forEach(function (name) {
                if (!writer.declared.has(name) && !known.has(name))
                    names.push(name);
            });
            var variables = 'var $$c=64,$$r' + (names.length ? ',' + names.join(',') : '') + ';';
            var at = body.indexOf('$$vars;');
            body = body.slice(0, at) + variables + body.slice(at + 7);
            if (writer.frame.holds && !writer.frame.says && !writer.frame.strict)
                parameters.push('arguments');
            return {
                code: '(function($$t,$$e,$$k,$$n,$$d,$$u,$$h,$$l,arguments){return function(' + parameters.join(',') + '){' + body +
                    (writer.saysResult ? '\nreturn typeof result==="undefined"?undefined:result;' : '\n') + '}})'
            };
        } catch (error) {
            if (error && error.refusal)
                return { error: error.refusal, line: writer.lineOf(error.at) };
            if (error && error.loc)
                return { error: reasonOf(error, source), line: error.loc.line };
            throw error;
        }
    };
})
