using System.Text;
using System.Text.RegularExpressions;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Writes the script that works out new fields of each row by expressions, whose variables are the row's fields.</summary>
/// <remarks>
/// The n-th expression stands on the n-th line, so that a failure's line tells which one it was. A field whose name is no
/// name of a variable is reached as <c>row["its name"]</c>.
/// </remarks>
internal static partial class DerivedFields
{
    // Words that JavaScript keeps for itself, and names that mean something else within a function.
    private static readonly HashSet<string> Reserved = new(
        ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements "
            + "import in instanceof interface let new null package private protected public return row static super switch this throw true try typeof var void while with yield")
        .Split(' '), StringComparer.Ordinal);

    /// <summary>Names and types of new fields with their expressions.</summary>
    /// <exception cref="PlatformException">BadRequest: the three lists do not fit, or a field is there already.</exception>
    public static List<(FieldDefinition Field, string Expression)> Read(DataShape shape, string types, string columns, string expressions)
    {
        var (names, baseTypes, sources) = (Columns.Names(columns), Columns.Names(types), SplitExpressions(expressions));
        if (names.Length == 0 || names.Length != baseTypes.Length || names.Length != sources.Count)
        {
            throw Errors.Bad($"columns names {names.Length} fields, types {baseTypes.Length} and expressions {sources.Count}; "
                + "each must have as many, at least one, with commas between.");
        }

        return [.. names.Select((name, i) =>
        {
            MemberNames.Check(name, "field");
            if (shape.IndexOf(name) >= 0)
                throw Errors.Bad($"The table has a field '{name}' already; give the derived one another name.");
            var type = BaseTypes.Parse(baseTypes[i]);
            return type == BaseType.NOTHING ? throw Errors.Bad($"Field '{name}' cannot be of type NOTHING.") : (new FieldDefinition(name, type), sources[i]);
        })];
    }

    /// <summary>The script; its one parameter is the table <c>$t</c> with the new fields in it, and it gives that table.</summary>
    public static string Script(DataShape shape, IReadOnlyList<(FieldDefinition Field, string Expression)> derived)
    {
        var script = new StringBuilder("var $f = [");
        var known = shape.Fields.Select(field => field.Name).ToList();
        var calls = new StringBuilder();
        for (var i = 0; i < derived.Count; i++)
        {
            var variables = known.Where(IsVariable).ToList();
            script.Append("function (").AppendJoin(", ", variables.Prepend("row")).Append(") { return (").Append(derived[i].Expression).AppendLine("); },");
            calls.Append($"$r[{Text(derived[i].Field.Name)}] = $f[{i}](").AppendJoin(", ", variables.Select(name => $"$r[{Text(name)}]").Prepend("$r")).AppendLine(");");
            known.Add(derived[i].Field.Name);
        }

        return script.Append("];\nfor (var $i = 0; $i < $t.rows.length; $i++) { var $r = $t.rows[$i];\n").Append(calls).Append("}\nvar result = $t;").ToString();
    }

    /// <summary>Parts of a list at those commas that stand in no brackets and no text. Each becomes one line.</summary>
    internal static List<string> SplitExpressions(string list)
    {
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            switch (list[i])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case '"' or '\'' or '`':
                    i = EndOfText(list, i);
                    break;
                case ',' when depth == 0:
                    Add(i);
                    start = i + 1;
                    break;
            }
        }

        Add(list.Length);
        return parts;

        void Add(int end)
        {
            var part = list[start..end].ReplaceLineEndings(" ").Trim();
            if (part.Length == 0)
                throw Errors.Bad("An expression is empty; write one for each field, with commas between.");
            parts.Add(part);
        }
    }

    private static int EndOfText(string list, int start)
    {
        for (var i = start + 1; i < list.Length; i++)
        {
            if (list[i] == '\\')
                i++;
            else if (list[i] == list[start])
                return i;
        }

        return list.Length;
    }

    private static bool IsVariable(string name) => Variable().IsMatch(name) && !Reserved.Contains(name);

    private static string Text(string name) => ValueJson.ToText(Value.String(name));

    // Names with a $ in front are the script's own.
    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_$]*\z")]
    private static partial Regex Variable();
}
