// What lowered syntax calls (see lower.js), as $$h: guarded like a service, for an author may give it anything.
//   turn() the host looks, gives turns left     enter() a function was entered     native  calls with a list of arguments
(function (turn, enter, native) {
    'use strict';
    var left = 64;

    function object(value) {
        if (value === null || value === undefined)
            throw new TypeError(value + ' has no members that could be taken out of it.');
        return value;
    }

    // The values of anything that can be gone over, at most so many: of an endless one only what is asked for is taken.
    function list(source, most) {
        enter();
        var out = [], i;
        most = most === undefined ? 4294967295 : most;
        if (source === null || source === undefined)
            throw new TypeError(source + ' cannot be gone over.');
        if (most === 0)
            return out;
        if (typeof source[Symbol.iterator] === 'function' && !Array.isArray(source)) {
            for (var v of source) {
                --left < 0 && (left = turn());
                out.push(v);
                if (out.length >= most)
                    break;
            }
            return out;
        }
        if (typeof source !== 'object' || typeof source.length !== 'number')
            throw new TypeError('A ' + (typeof source) + ' cannot be gone over.');
        for (i = 0; i < source.length && i < most; i++) {
            --left < 0 && (left = turn());
            out.push(source[i]);
        }
        return out;
    }

    function rest(values, from) {
        var out = [];
        for (var i = from; i < values.length; i++) {
            --left < 0 && (left = turn());
            out.push(values[i]);
        }
        return out;
    }

    function all() {
        enter();
        var out = [];
        for (var i = 0; i < arguments.length; i++) {
            for (var j = 0; j < arguments[i].length; j++) {
                --left < 0 && (left = turn());
                if (j in arguments[i])
                    out.push(arguments[i][j]);
                else
                    out.length++;
            }
        }
        return out;
    }

    function set(o, key, value) {
        native.defineProperty(o, key, { value: value, enumerable: true, configurable: true, writable: true });
    }

    // Copies the values of a source's own members to an object that is being made.
    function spread(o, source) {
        enter();
        if (source === null || source === undefined)
            return o;
        var keys = Object.keys(Object(source));
        for (var i = 0; i < keys.length; i++) {
            --left < 0 && (left = turn());
            set(o, keys[i], source[keys[i]]);
        }
        return o;
    }

    // Moves the members of a literal to an object that is being made; getters stay getters.
    function add(o, literal) {
        enter();
        var keys = Object.getOwnPropertyNames(literal);
        for (var i = 0; i < keys.length; i++) {
            --left < 0 && (left = turn());
            native.defineProperty(o, keys[i], Object.getOwnPropertyDescriptor(literal, keys[i]));
        }
        return o;
    }

    function without(source, taken) {
        enter();
        var out = {}, keys = Object.keys(Object(source)), known = {}, i;
        for (i = 0; i < taken.length; i++)
            known['$' + taken[i]] = true;
        for (i = 0; i < keys.length; i++) {
            --left < 0 && (left = turn());
            if (known['$' + keys[i]] !== true)
                set(out, keys[i], source[keys[i]]);
        }
        return out;
    }

    // The values of Rhino's for each: of a list its elements, of an object its members, inherited ones too.
    function each(source) {
        enter();
        var out = [];
        if (source === null || source === undefined)
            return out;
        if (typeof source === 'string' || (typeof source === 'object' && typeof source.length === 'number')) {
            for (var i = 0; i < source.length; i++) {
                --left < 0 && (left = turn());
                if (typeof source === 'string' || i in source)
                    out.push(source[i]);
            }
            return out;
        }
        for (var key in source) {
            --left < 0 && (left = turn());
            out.push(source[key]);
        }
        return out;
    }

    return {
        object: object, list: list, rest: rest, all: all, spread: spread, add: add, without: without, each: each,
        call: native.call, make: native.make, invoke: native.invoke
    };
})
