// Built-ins whose work has no bound in the engine, written in guarded JavaScript: every loop turn and every function
// entry is seen by the host, as in a service. `native` holds the engine's own functions and the host's helpers.
//   turn() the host looks, gives turns left   enter() a function was entered   grown(text) a text grew
(function (turn, enter, grown, native) {
    'use strict';
    var left = 64;

    function define(target, members) {
        for (var name in members) {
            --left < 0 && (left = turn());
            native.defineProperty(target, name, { value: members[name], enumerable: false, configurable: true, writable: true });
        }
    }

    function object(value) {
        if (value === null || value === undefined)
            throw new TypeError('null and undefined have no members.');
        return Object(value);
    }

    function text(value) {
        if (value === null || value === undefined)
            throw new TypeError('null and undefined are no text.');
        return '' + value;
    }

    function callable(value) {
        if (typeof value !== 'function')
            throw new TypeError(native.typeName(value) + ' is not a function.');
        return value;
    }

    function integer(value, otherwise) {
        if (value === undefined)
            return otherwise;
        value = +native.digits(value);
        return value !== value ? 0 : value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    function length(o) {
        var n = integer(o.length, 0);
        return n > 0 ? Math.min(n, 9007199254740991) : 0;
    }

    function place(value, n, otherwise) {
        value = integer(value, otherwise);
        return value < 0 ? Math.max(n + value, 0) : Math.min(value, n);
    }

    // Arrays that are being joined: one that holds itself gives '' for itself.
    var joining = [];

    function join(o, separator, write) {
        var n = length(o), out = '', i;
        for (i = 0; i < joining.length; i++) {
            --left < 0 && (left = turn());
            if (joining[i] === o)
                return '';
        }
        joining.push(o);
        try {
            for (i = 0; i < n; i++) {
                --left < 0 && (left = turn());
                var v = o[i];
                if (i > 0)
                    out = grown(out + separator);
                if (v !== undefined && v !== null)
                    out = grown(out + write(v));
            }
        } finally {
            joining.pop();
        }
        return native.digits(out);
    }

    function plain(v) {
        return '' + v;
    }

    function flatten(into, o, depth) {
        enter();
        var n = length(o);
        for (var i = 0; i < n; i++) {
            --left < 0 && (left = turn());
            var v = o[i];
            if (depth > 0 && Array.isArray(v))
                flatten(into, v, depth - 1);
            else if (v !== undefined || i in o)
                into.push(v);
        }
        return into;
    }

    function compareText(a, b) {
        a = '' + a;
        b = '' + b;
        return a < b ? -1 : a > b ? 1 : 0;
    }

    // Stable merge sort, bottom up; undefined and holes go last, as the standard wants.
    function sort(o, compare) {
        var n = length(o), values = [], absent = 0, i;
        for (i = 0; i < n; i++) {
            --left < 0 && (left = turn());
            var v = o[i];
            if (v !== undefined)
                values.push(v);
            else if (i in o)
                absent++;
        }
        var other = [], m = values.length;
        for (var width = 1; width < m; width *= 2) {
            for (var start = 0; start < m; start += 2 * width) {
                var middle = Math.min(start + width, m), end = Math.min(start + 2 * width, m), a = start, b = middle;
                for (var at = start; at < end; at++) {
                    --left < 0 && (left = turn());
                    other[at] = a < middle && (b >= end || !(compare(values[a], values[b]) > 0)) ? values[a++] : values[b++];
                }
            }
            var swap = values;
            values = other;
            other = swap;
        }
        for (i = 0; i < n; i++) {
            --left < 0 && (left = turn());
            if (i < m)
                o[i] = values[i];
            else if (i < m + absent)
                o[i] = undefined;
            else
                delete o[i];
        }
        return o;
    }

    // The index of the first element for which the visit is true, or not true, as wanted; -1 where there is none.
    function find(o, visit, self, wanted, skipsHoles) {
        var n = length(o);
        callable(visit);
        for (var i = 0; i < n; i++) {
            --left < 0 && (left = turn());
            var v = o[i];
            if ((v !== undefined || !skipsHoles || i in o) && !!visit.call(self, v, i, o) === wanted)
                return i;
        }
        return -1;
    }

    function reduce(o, visit, args, step) {
        var n = length(o), i = step > 0 ? 0 : n - 1, has = args.length > 1, total = args[1];
        callable(visit);
        for (; i >= 0 && i < n; i += step) {
            --left < 0 && (left = turn());
            var v = o[i];
            if (v === undefined && !(i in o))
                continue;
            total = has ? visit(total, v, i, o) : v;
            has = true;
        }
        if (!has)
            throw new TypeError('reduce of an empty array needs an initial value.');
        return total;
    }

    function move(o, to, from, end) {
        var count = end - from, back = from < to && to < end;
        for (var i = 0; i < count; i++) {
            --left < 0 && (left = turn());
            var at = back ? count - 1 - i : i;
            if (from + at in o)
                o[to + at] = o[from + at];
            else
                delete o[to + at];
        }
    }

    // Where an array is of moderate length, the engine's own function is bounded, and quicker.
    function quick(name, slow) {
        return native.quick(native[name], slow);
    }

    define(Array.prototype, {
        join: function join_(separator) {
            enter();
            return join(object(this), separator === undefined ? ',' : '' + separator, plain);
        },
        toString: function toString() {
            enter();
            return typeof this.join === 'function' ? this.join() : join(object(this), ',', plain);
        },
        toLocaleString: function toLocaleString() {
            enter();
            return join(object(this), ',', function (v) { enter(); return v.toLocaleString(); });
        },
        concat: quick('concat', function () {
            enter();
            var out = [], all = [this];
            for (var i = 0; i < arguments.length; i++)
                all.push(arguments[i]);
            for (i = 0; i < all.length; i++) {
                if (Array.isArray(all[i]))
                    flatten(out, all[i], 0);
                else
                    out.push(all[i]);
            }
            return out;
        }),
        forEach: function forEach(visit, self) {
            enter();
            var o = object(this), n = length(o);
            callable(visit);
            for (var i = 0; i < n; i++) {
                --left < 0 && (left = turn());
                var v = o[i];
                if (v !== undefined || i in o)
                    visit.call(self, v, i, o);
            }
        },
        map: function map(visit, self) {
            enter();
            var out = [];
            callable(visit);
            var o = object(this), n = length(o);
            for (var i = 0; i < n; i++) {
                --left < 0 && (left = turn());
                var v = o[i];
                if (v !== undefined || i in o)
                    out[i] = visit.call(self, v, i, o);
            }
            out.length = Math.min(n, 4294967295);
            return out;
        },
        filter: function filter(visit, self) {
            enter();
            var o = object(this), n = length(o), out = [];
            callable(visit);
            for (var i = 0; i < n; i++) {
                --left < 0 && (left = turn());
                var v = o[i];
                if ((v !== undefined || i in o) && visit.call(self, v, i, o))
                    out.push(v);
            }
            return out;
        },
        every: function every(visit, self) {
            enter();
            return find(object(this), visit, self, false, true) < 0;
        },
        some: function some(visit, self) {
            enter();
            return find(object(this), visit, self, true, true) >= 0;
        },
        find: function find_(visit, self) {
            enter();
            var at = find(object(this), visit, self, true, false);
            return at < 0 ? undefined : this[at];
        },
        findIndex: function findIndex(visit, self) {
            enter();
            return find(object(this), visit, self, true, false);
        },
        reduce: function reduce_(visit) {
            enter();
            return reduce(object(this), visit, arguments, 1);
        },
        reduceRight: function reduceRight(visit) {
            enter();
            return reduce(object(this), visit, arguments, -1);
        },
        indexOf: quick('indexOf', function (value, from) {
            enter();
            var n = length(this);
            for (var i = place(from, n, 0); i < n; i++) {
                --left < 0 && (left = turn());
                if (this[i] === value && (value !== undefined || i in this))
                    return i;
            }
            return -1;
        }),
        lastIndexOf: quick('lastIndexOf', function (value, from) {
            enter();
            var n = length(this), start = integer(from, n - 1);
            for (var i = start < 0 ? n + start : Math.min(start, n - 1); i >= 0; i--) {
                --left < 0 && (left = turn());
                if (this[i] === value && (value !== undefined || i in this))
                    return i;
            }
            return -1;
        }),
        includes: quick('includes', function (value, from) {
            enter();
            var n = length(this);
            for (var i = place(from, n, 0); i < n; i++) {
                --left < 0 && (left = turn());
                if (this[i] === value || (value !== value && this[i] !== this[i]))
                    return true;
            }
            return false;
        }),
        fill: function fill(value, start, end) {
            enter();
            var o = object(this), n = length(o), to = place(end, n, n);
            for (var i = place(start, n, 0); i < to; i++) {
                --left < 0 && (left = turn());
                o[i] = value;
            }
            return o;
        },
        reverse: function reverse() {
            enter();
            var o = object(this), n = length(o);
            for (var a = 0, b = n - 1; a < b; a++, b--) {
                --left < 0 && (left = turn());
                var hasA = a in o, hasB = b in o, v = o[a];
                if (hasB) o[a] = o[b]; else delete o[a];
                if (hasA) o[b] = v; else delete o[b];
            }
            return o;
        },
        slice: quick('slice', function (start, end) {
            enter();
            var n = length(this), to = place(end, n, n), out = [];
            for (var i = place(start, n, 0), at = 0; i < to; i++, at++) {
                --left < 0 && (left = turn());
                if (i in this)
                    out[at] = this[i];
            }
            out.length = at;
            return out;
        }),
        splice: quick('splice', function (start, count) {
            enter();
            var n = length(this), from = place(start, n, 0), added = Math.max(arguments.length - 2, 0), i;
            var removed = arguments.length === 0 ? 0 : arguments.length === 1 ? n - from : Math.min(Math.max(integer(count, 0), 0), n - from);
            var out = Array.prototype.slice.call(this, from, from + removed);
            move(this, from + added, from + removed, n);
            for (i = 0; i < added; i++)
                this[from + i] = arguments[i + 2];
            for (i = n - 1; i >= n - removed + added; i--) {
                --left < 0 && (left = turn());
                delete this[i];
            }
            this.length = n - removed + added;
            return out;
        }),
        shift: quick('shift', function () {
            enter();
            var n = length(this), first = this[0];
            if (n > 0) {
                move(this, 0, 1, n);
                delete this[n - 1];
            }
            this.length = Math.max(n - 1, 0);
            return first;
        }),
        unshift: quick('unshift', function () {
            enter();
            var n = length(this), added = arguments.length;
            move(this, added, 0, n);
            for (var i = 0; i < added; i++)
                this[i] = arguments[i];
            this.length = n + added;
            return n + added;
        }),
        copyWithin: function copyWithin(target, start, end) {
            enter();
            var o = object(this), n = length(o), to = place(target, n, 0), from = place(start, n, 0);
            move(o, to, from, from + Math.min(place(end, n, n) - from, n - to));
            return o;
        },
        sort: function sort_(compare) {
            enter();
            return sort(object(this), compare === undefined ? compareText : callable(compare));
        },
        flat: function flat(depth) {
            enter();
            return flatten([], object(this), integer(depth, 1));
        },
        flatMap: function flatMap(visit, self) {
            enter();
            return flatten([], Array.prototype.map.call(this, visit, self), 1);
        }
    });

    // The engine's own iterators take arrays only; the rows of an InfoTable are array-like.
    function iterator(o, pick) {
        var i = 0, steps = {};
        steps.next = function () {
            enter();
            return i < length(o) ? { value: pick(i++), done: false } : { value: undefined, done: true };
        };
        steps[Symbol.iterator] = function () { return steps; };
        return steps;
    }

    function iterable(own, pick) {
        return function () {
            enter();
            var o = object(this);
            return Array.isArray(o) ? own.call(o) : iterator(o, function (i) { return pick(o, i); });
        };
    }

    var values = iterable(Array.prototype.values, function (o, i) { return o[i]; });
    define(Array.prototype, {
        values: values,
        keys: iterable(Array.prototype.keys, function (o, i) { return i; }),
        entries: iterable(Array.prototype.entries, function (o, i) { return [i, o[i]]; })
    });
    native.defineProperty(Array.prototype, Symbol.iterator, { value: values, enumerable: false, configurable: true, writable: true });

    define(Array, {
        from: function from(source, visit, self) {
            enter();
            var out = [], o = object(source), i = 0;
            if (visit !== undefined)
                callable(visit);
            if (typeof o[Symbol.iterator] === 'function') {
                for (var v of o) {
                    --left < 0 && (left = turn());
                    out.push(visit ? visit.call(self, v, i) : v);
                    i++;
                }
                return out;
            }
            for (var n = length(o); i < n; i++) {
                --left < 0 && (left = turn());
                out.push(visit ? visit.call(self, o[i], i) : o[i]);
            }
            return out;
        }
    });

    function repeat(s, count) {
        var out = '';
        if (!(count >= 0) || count === Infinity)
            throw new RangeError('A text is repeated a finite number of times, not ' + count + '.');
        native.mayHold(s.length * count);
        for (; count > 0; count = Math.floor(count / 2)) {
            --left < 0 && (left = turn());
            if (count % 2 === 1)
                out = grown(out + s);
            if (count > 1)
                s = grown(s + s);
        }
        return out;
    }

    function pad(s, wanted, filler) {
        filler = filler === undefined ? ' ' : '' + filler;
        var missing = integer(wanted, 0) - s.length;
        if (missing <= 0 || filler === '')
            return '';
        native.mayHold(missing);
        return repeat(filler, Math.ceil(missing / filler.length)).slice(0, missing);
    }

    // $1, $&, $` and $' in a replacement.
    function expand(pattern, s, match) {
        if (pattern.indexOf('$') < 0)
            return pattern;
        var out = '', at = 0, next;
        while ((next = pattern.indexOf('$', at)) >= 0) {
            --left < 0 && (left = turn());
            out = grown(out + pattern.slice(at, next));
            var sign = pattern.charAt(next + 1), two = pattern.substr(next + 1, 2);
            at = next + 2;
            if (sign === '$')
                out += '$';
            else if (sign === '&')
                out = grown(out + match[0]);
            else if (sign === '`')
                out = grown(out + s.slice(0, match.index));
            else if (sign === "'")
                out = grown(out + s.slice(match.index + match[0].length));
            else if (/^[0-9][0-9]$/.test(two) && +two > 0 && +two < match.length) {
                out = grown(out + (match[+two] === undefined ? '' : match[+two]));
                at = next + 3;
            } else if (/^[0-9]$/.test(sign) && +sign > 0 && +sign < match.length)
                out = grown(out + (match[+sign] === undefined ? '' : match[+sign]));
            else {
                out += '$';
                at = next + 1;
            }
        }
        return grown(out + pattern.slice(at));
    }

    // Calls visit with each match, in order; all of them where the expression says g.
    function matches(s, expression, visit) {
        var all = expression.global, match;
        if (all)
            expression.lastIndex = 0;
        while ((match = native.exec.call(expression, s)) !== null) {
            --left < 0 && (left = turn());
            visit(match);
            if (!all)
                return;
            if (match[0] === '')
                expression.lastIndex = match.index + 1;
            if (expression.lastIndex > s.length)
                break;
        }
        if (all)
            expression.lastIndex = 0;
    }

    function textMatches(s, wanted, all, visit) {
        for (var at = s.indexOf(wanted); at >= 0; at = s.indexOf(wanted, at + Math.max(wanted.length, 1))) {
            --left < 0 && (left = turn());
            var match = [wanted];
            match.index = at;
            visit(match);
            if (!all || at + Math.max(wanted.length, 1) > s.length)
                return;
        }
    }

    function replace(s, wanted, by, all) {
        var out = '', at = 0, isCall = typeof by === 'function';
        if (!isCall)
            by = '' + by;
        function one(match) {
            enter();
            var piece = isCall ? '' + by.apply(undefined, native.concat.call([], match, match.index, s)) : expand(by, s, match);
            out = grown(grown(out + s.slice(at, match.index)) + piece);
            at = match.index + match[0].length;
        }
        if (native.isExpression(wanted))
            matches(s, wanted, one);
        else
            textMatches(s, '' + wanted, all, one);
        return native.digits(grown(out + s.slice(at)));
    }

    function split(s, separator, limit) {
        var out = [], at = 0;
        limit = limit === undefined ? 4294967295 : limit >>> 0;
        function add(piece) {
            if (out.length < limit)
                out.push(piece);
        }
        if (separator === undefined)
            return limit > 0 ? [s] : [];
        if (native.isExpression(separator)) {
            var expression = new RegExp(separator.source, (separator.ignoreCase ? 'i' : '') + (separator.multiline ? 'm' : '') + 'g');
            if (s === '')
                return native.exec.call(expression, s) === null ? [s] : [];
            matches(s, expression, function (match) {
                enter();
                var end = match.index + match[0].length;
                if (match[0] === '' && (match.index === at || match.index >= s.length))
                    return;
                add(s.slice(at, match.index));
                for (var i = 1; i < match.length; i++)
                    add(match[i]);
                at = end;
            });
            add(s.slice(at));
            return out;
        }
        separator = '' + separator;
        if (separator === '') {
            for (; at < s.length && out.length < limit; at++) {
                --left < 0 && (left = turn());
                out.push(s.charAt(at));
            }
            return out;
        }
        textMatches(s, separator, true, function (match) {
            enter();
            add(s.slice(at, match.index));
            at = match.index + separator.length;
        });
        add(s.slice(at));
        return out;
    }

    define(String.prototype, {
        repeat: function repeat_(count) {
            enter();
            return native.digits(repeat(text(this), integer(count, 0)));
        },
        padStart: function padStart(wanted, filler) {
            enter();
            var s = text(this);
            return native.digits(grown(pad(s, wanted, filler) + s));
        },
        padEnd: function padEnd(wanted, filler) {
            enter();
            var s = text(this);
            return native.digits(grown(s + pad(s, wanted, filler)));
        },
        concat: function concat() {
            enter();
            var s = text(this);
            for (var i = 0; i < arguments.length; i++)
                s = grown(s + ('' + arguments[i]));
            return native.digits(s);
        },
        replace: function replace_(wanted, by) {
            enter();
            return replace(text(this), wanted, by, false);
        },
        replaceAll: function replaceAll(wanted, by) {
            enter();
            if (native.isExpression(wanted) && !wanted.global)
                throw new TypeError('replaceAll needs a regular expression with the flag g.');
            return replace(text(this), wanted, by, true);
        },
        split: function split_(separator, limit) {
            enter();
            return split(text(this), separator, limit);
        },
        match: function match(expression) {
            enter();
            var s = text(this), out = [];
            expression = native.isExpression(expression) ? expression : new RegExp(expression === undefined ? '' : expression);
            if (!expression.global)
                return native.exec.call(expression, s);
            matches(s, expression, function (found) { enter(); out.push(found[0]); });
            return out.length > 0 ? out : null;
        },
        search: function search(expression) {
            enter();
            var s = text(this), before, found;
            expression = native.isExpression(expression) ? expression : new RegExp(expression === undefined ? '' : expression);
            before = expression.lastIndex;
            expression.lastIndex = 0;
            found = native.exec.call(expression, s);
            expression.lastIndex = before;
            return found === null ? -1 : found.index;
        }
    });

    function members(o, pick) {
        var keys = Object.keys(object(o)), out = [];
        for (var i = 0; i < keys.length; i++) {
            --left < 0 && (left = turn());
            out.push(pick(keys[i]));
        }
        return out;
    }

    function close(o, change) {
        if (o === null || (typeof o !== 'object' && typeof o !== 'function'))
            return o;
        Object.preventExtensions(o);
        if (Array.isArray(o))
            return o;
        var names = Object.getOwnPropertyNames(o);
        for (var i = 0; i < names.length; i++) {
            --left < 0 && (left = turn());
            change(o, names[i], Object.getOwnPropertyDescriptor(o, names[i]));
        }
        return o;
    }

    define(Object, {
        assign: function assign(target) {
            enter();
            var o = object(target);
            for (var i = 1; i < arguments.length; i++) {
                var from = arguments[i];
                if (from !== null && from !== undefined)
                    members(from, function (key) { enter(); o[key] = native.digits(from[key]); });
            }
            return o;
        },
        values: function values(o) {
            enter();
            return members(o, function (key) { enter(); return o[key]; });
        },
        entries: function entries(o) {
            enter();
            return members(o, function (key) { enter(); return [key, o[key]]; });
        },
        defineProperties: function defineProperties(o, all) {
            enter();
            members(all, function (key) { enter(); native.defineProperty(o, key, all[key]); });
            return o;
        },
        create: function create(prototype, all) {
            enter();
            var o = native.create(prototype);
            return all === undefined ? o : Object.defineProperties(o, all);
        },
        seal: function seal(o) {
            enter();
            return close(o, function (target, name) { native.defineProperty(target, name, { configurable: false }); });
        },
        freeze: function freeze(o) {
            enter();
            return close(o, function (target, name, have) {
                native.defineProperty(target, name, 'value' in have ? { configurable: false, writable: false } : { configurable: false });
            });
        }
    });

    // Applies JSON.parse's second argument; what is parsed is at most 64 levels deep.
    function revive(holder, key, visit) {
        enter();
        var value = holder[key];
        if (value !== null && typeof value === 'object') {
            var keys = Object.keys(value);
            for (var i = 0; i < keys.length; i++) {
                --left < 0 && (left = turn());
                var next = revive(value, keys[i], visit);
                if (next === undefined)
                    delete value[keys[i]];
                else
                    value[keys[i]] = next;
            }
        }
        return visit.call(holder, key, value);
    }

    define(JSON, {
        parse: function parse(source, visit) {
            enter();
            var value = native.parseJson('' + source);
            return typeof visit === 'function' ? revive({ '': value }, '', visit) : value;
        },
        stringify: native.writeJson
    });
})
