using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>The methods of InfoTables (spec platform 2.3), on one prototype for each engine.</summary>
internal sealed class InfoTableMembers
{
    private readonly EngineSlot _slot;

    private InfoTableMembers(EngineSlot slot) => _slot = slot;

    /// <summary>Makes the prototype.</summary>
    public static ObjectInstance MakePrototype(EngineSlot slot)
    {
        var members = new InfoTableMembers(slot);
        var prototype = slot.Engine.Object.Construct();
        void Add(string name, Func<TableEdit, object[], object?> body) => prototype.DefineProperty(
            name, new PropertyDescriptor(new HostFunction(slot, (self, arguments) => body(Table(self), arguments)), PropertyAttributes.NonEnumerable), true);

        foreach (var name in (ReadOnlySpan<string>)["getLength", "RowCount", "getRowCount"])
            Add(name, (table, _) => table.RowCount);
        Add("isEmpty", (table, _) => table.RowCount == 0);
        Add("getFieldCount", (table, _) => table.Shape.Fields.Length);
        Add("hasField", (table, given) => table.Shape.IndexOf(Text(given)) >= 0);
        Add("getDataShape", (table, _) => Shape(slot, table.Shape));
        Add("AddField", (table, given) => members.AddField(table, given));
        Add("addField", (table, given) => members.AddField(table, given));
        Add("RemoveField", (table, given) => table.RemoveField(Text(given)));
        Add("removeField", (table, given) => table.RemoveField(Text(given)));
        Add("AddRow", (table, given) => members.AddRow(table, given));
        Add("addRow", (table, given) => members.AddRow(table, given));
        Add("RemoveRow", (table, given) => RemoveRow(table, given));
        Add("removeRow", (table, given) => RemoveRow(table, given));
        Add("RemoveAllRows", (table, _) => Truncate(table, 0));
        Add("removeAllRows", (table, _) => Truncate(table, 0));
        Add("getRow", (table, given) => members.Row(table, Index(table, given)));
        Add("getFirstRow", (table, _) => members.Row(table, 0));
        Add("getLastRow", (table, _) => members.Row(table, table.RowCount - 1));
        Add("CopyValues", (table, given) => members.CopyValues(table, given));
        Add("Find", (table, given) => members.Find(table, given));
        Add("Filter", (table, given) => members.Filter(table, given));
        Add("Delete", (table, given) => table.RemoveWhere(members.Matching(table, given)));
        Add("Sort", (table, given) => members.Sort(table, given));
        Add("topN", (table, given) => Truncate(table, Count(given)));
        Add("topNToNewTable", (table, given) => members.TopN(table, Count(given)));
        Add("clone", (table, _) => new InfoTableObject(slot, table.Copy()));
        Add("ToJSON", (table, _) => slot.Json.Parse(InfoTableJson.ToText(table.Build())));
        Add("toJSON", (table, _) => slot.Json.Parse(InfoTableJson.ToText(table.Build())));
        Add("toString", (table, _) => $"InfoTable of {table.RowCount} rows");
        return prototype;
    }

    /// <summary><c>{name, fieldDefinitions: {field: {name, description, baseType, ordinal, aspects}}}</c>, a copy; <c>fields</c> are the same fields.</summary>
    public static ObjectInstance Shape(EngineSlot slot, DataShape shape)
    {
        var fields = slot.Engine.Object.Construct();
        for (var i = 0; i < shape.Fields.Length; i++)
        {
            var definition = shape.Fields[i];
            var field = slot.Engine.Object.Construct();
            field["name"] = definition.Name;
            field["description"] = definition.Description;
            field["baseType"] = definition.BaseType.Name();
            field["ordinal"] = i;
            var aspects = slot.Engine.Object.Construct();
            foreach (var (name, value) in definition.Aspects)
                aspects[name] = slot.Values.ToScript(value);
            field["aspects"] = aspects;
            fields[definition.Name] = field;
        }

        var result = slot.Engine.Object.Construct();
        if (shape.Name is not null)
            result["name"] = shape.Name;
        result["fieldDefinitions"] = fields;
        // Scripts of the platform ask for the same by this name; it is no part of the JSON.
        result.DefineProperty("fields", new PropertyDescriptor(fields, PropertyAttributes.NonEnumerable), throwOnError: true);
        return result;
    }

    private static object? Truncate(TableEdit table, int count)
    {
        table.Truncate(count);
        return null;
    }

    private static TableEdit Table(object self) => self is InfoTableObject table ? table.Data : throw ScriptErrors.Type("This is no InfoTable.");

    private static string Text(object[] arguments) =>
        arguments.Length > 0 && TypeUtilities.IsString(arguments[0]) ? arguments[0].ToString()! : throw ScriptErrors.Type("A field's name is wanted.");

    private static int Count(object[] arguments) =>
        arguments.Length > 0 && TypeConverter.ToNumber(arguments[0]) is >= 0 and < int.MaxValue and var count
            ? (int)count
            : throw ScriptErrors.Type("A number of rows is wanted.");

    private static int Index(TableEdit table, object[] arguments)
    {
        var index = arguments.Length > 0 ? TypeConverter.ToNumber(arguments[0]) : double.NaN;
        return index >= 0 && index < table.RowCount
            ? (int)index
            : throw ScriptErrors.Range($"There is no row {index}; the InfoTable has {table.RowCount}.");
    }

    private object Row(TableEdit table, int index) =>
        index >= 0 && index < table.RowCount ? new InfoTableRow(_slot, table.Row(index)) : Null.Value;

    private object? AddField(TableEdit table, object[] arguments)
    {
        if (arguments.Length == 0 || arguments[0] is not ObjectInstance given || given["name"] is not { } name)
            throw ScriptErrors.Type("AddField takes an object with name and baseType.");
        using var json = System.Text.Json.JsonDocument.Parse(_slot.Json.Write(given)!, ValueJson.DocumentOptions);
        table.AddField(InfoTableJson.ReadField(TypeConverter.ToString(name), json.RootElement));
        return null;
    }

    private InfoTableRow AddRow(TableEdit table, object[] arguments)
    {
        _slot.Meter.Look();
        if (arguments.Length > 0 && arguments[0] is not ObjectInstance)
            throw ScriptErrors.Type("AddRow takes an object of field names and values.");
        var added = table.AddRow();
        var row = new InfoTableRow(_slot, added);
        try
        {
            if (arguments.Length > 0)
                row.AssignAll(arguments[0]);
            return row;
        }
        catch
        {
            // A row whose value does not fit is not half there.
            table.Truncate(table.RowCount - 1);
            throw;
        }
    }

    private static object? RemoveRow(TableEdit table, object[] arguments)
    {
        table.RemoveRow(Index(table, arguments));
        return null;
    }

    private InfoTableRow CopyValues(TableEdit table, object[] arguments)
    {
        var copy = new TableEdit(new InfoTable.Builder(table.Shape).Build());
        var row = copy.AddRow();
        var from = table.Row(Index(table, arguments));
        for (var i = 0; i < table.Shape.Fields.Length; i++)
            row[i] = from[i];
        return new(_slot, row);
    }

    private object Find(TableEdit table, object[] arguments)
    {
        var matches = Matching(table, arguments);
        for (var i = 0; i < table.RowCount; i++)
        {
            if (matches(table.Row(i)))
                return Row(table, i);
        }

        return Null.Value;
    }

    private object? Filter(TableEdit table, object[] arguments)
    {
        var matches = Matching(table, arguments);
        table.RemoveWhere(row => !matches(row));
        return null;
    }

    // True for rows that have all the values of the partial object; an unknown field is refused, as it would match nothing unseen.
    private Predicate<TableEditRow> Matching(TableEdit table, object[] arguments)
    {
        if (arguments.Length == 0 || arguments[0] is not ObjectInstance partial)
            throw ScriptErrors.Type("An object of field names and values is wanted.");
        var wanted = new List<(int Column, Value Value)>();
        foreach (var key in partial.OwnKeys)
        {
            if (key is not string name)
                continue;
            var column = table.Shape.IndexOf(name);
            if (column < 0)
                throw new PlatformException(ErrorCode.BadRequest, $"The InfoTable has no field '{name}'.");
            wanted.Add((column, Coercion.To(_slot.Values.FromScript(partial[name]), table.Shape.Fields[column].BaseType, name)));
        }

        return row =>
        {
            _slot.Meter.Enter();
            foreach (var (column, value) in wanted)
            {
                if (!Coercion.To(row[column], table.Shape.Fields[column].BaseType, "").Equals(value))
                    return false;
            }

            return true;
        };
    }

    private object? Sort(TableEdit table, object[] arguments)
    {
        if (arguments.Length == 0 || arguments[0] is not ObjectInstance by || by["name"] is not { } name)
            throw ScriptErrors.Type("Sort takes an object: {name: field, ascending: true}.");
        var column = table.Shape.IndexOf(TypeConverter.ToString(name));
        if (column < 0)
            throw new PlatformException(ErrorCode.BadRequest, $"The InfoTable has no field '{name}'.");
        var ascending = by["ascending"] is not { } given || given is Undefined || TypeConverter.ToBoolean(given);
        table.Sort((a, b) =>
        {
            _slot.Meter.Enter();
            return ascending ? ValueOrder.Compare(a[column], b[column]) : ValueOrder.Compare(b[column], a[column]);
        });
        return null;
    }

    private InfoTableObject TopN(TableEdit table, int count)
    {
        var copy = table.Copy();
        copy.Truncate(count);
        return new(_slot, copy);
    }
}
