using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// Completes arguments of data services where the call is accepted, on this server also for a Thing elsewhere: a time that
/// nobody gave is stamped here, a source type is known here, and so are the tags of sources (design decisions 1, 3).
/// </summary>
public sealed class EntryArguments(EntityDirectory directory, DataShapes shapes, TimeProvider time)
{
    /// <summary>A source and what it is, and a time where the service has one: for every service that adds something.</summary>
    internal void Complete(ServiceContext call, Value[] given)
    {
        var service = call.Service.Definition;
        var (source, sourceType, timestamp) = (service.IndexOf("source"), service.IndexOf("sourceType"), service.IndexOf("timestamp"));
        given[sourceType] = SourceType(given[source], given[sourceType]);
        if (given[source].IsNull)
            given[source] = Value.String("");
        if (timestamp >= 0 && given[timestamp].IsNull)
        {
            given[timestamp] = Now;
            call.Assigned = AssignedTimes.All;
        }
    }

    /// <summary>As <see cref="Complete"/>; a proxy that has a Data Shape refuses values that do not fit before they go to the other server.</summary>
    internal void CompleteEntry(ServiceContext call, Value[] given)
    {
        Complete(call, given);
        if (shapes.Of(call.Thing) is { } shape && given[call.Service.Definition.IndexOf("values")].AsTable() is { } table && !table.Shape.Equals(shape))
        {
            for (var row = 0; row < table.RowCount; row++)
                ShapedRows.Fit(shape, table, row);
        }
    }

    internal void CompleteEntries(ServiceContext call, Value[] given)
    {
        var table = given[0].AsTable()!;
        var (timestamp, source, sourceType) = (table.Shape.IndexOf("timestamp"), table.Shape.IndexOf("source"), table.Shape.IndexOf("sourceType"));
        var stamped = new bool[table.RowCount];
        var isComplete = timestamp >= 0 && source >= 0 && sourceType >= 0;
        for (var i = 0; i < stamped.Length; i++)
        {
            var row = table.Row(i);
            var isTimed = timestamp >= 0 && !row[timestamp].IsNull;
            // Times that another server assigned stay marked beside those that are assigned here.
            stamped[i] = !isTimed || call.Assigned[i];
            isComplete = isComplete && isTimed && !row[source].IsNull && !row[sourceType].IsNull;
        }

        if (isComplete)
            return;
        var now = Now;
        var columns = PlatformShapes.StreamEntryWithValues.Fields.Select(field => table.Shape.IndexOf(field.Name)).ToArray();
        var builder = new InfoTable.Builder(PlatformShapes.StreamEntryWithValues);
        for (var i = 0; i < stamped.Length; i++)
        {
            var from = table.Row(i);
            var row = builder.AddRow();
            for (var column = 0; column < row.Length; column++)
                row[column] = columns[column] < 0 ? default : from[columns[column]];
            row[0] = row[0].IsNull ? now : row[0];
            row[2] = SourceType(row[1], row[2]);
            row[1] = row[1].IsNull ? Value.String("") : row[1];
        }

        given[0] = Value.Table(builder.Build());
        call.Assigned = AssignedTimes.Of(stamped);
    }

    /// <summary>Turns model tags of sources into a filter on the sources that have them on this server.</summary>
    internal void ResolveSourceTags(ServiceContext call, Value[] given)
    {
        var service = call.Service.Definition;
        var (sourceTags, query) = (service.IndexOf("sourceTags"), service.IndexOf("query"));
        if (given[sourceTags].AsText() is not { Length: > 0 } wanted)
            return;
        var filter = new JsonObject
        {
            ["type"] = "IN",
            ["fieldName"] = "source",
            ["values"] = new JsonArray([.. SourcesWith(wanted).Select(name => (JsonNode)JsonValue.Create(name))]),
        };
        given[sourceTags] = Value.Null;
        given[query] = Value.Text(And(given[query].AsText(), filter), BaseType.QUERY);
    }

    /// <summary>Turns model tags of sources into the names of the sources that have them on this server, where no query can carry a filter.</summary>
    internal void NameSources(ServiceContext call, Value[] given)
    {
        var sourceTags = call.Service.Definition.IndexOf("sourceTags");
        if (given[sourceTags].AsText() is { Length: > 0 } tags && SourceNames.Read(tags) is null)
            given[sourceTags] = Value.Text(SourceNames.Write(SourcesWith(tags)), BaseType.TAGS);
    }

    /// <summary>Completes what a change says of its source, where it names one.</summary>
    internal void CompleteSourceType(ServiceContext call, Value[] given)
    {
        var (source, sourceType) = (call.Service.Definition.IndexOf("source"), call.Service.Definition.IndexOf("sourceType"));
        if (!given[source].IsNull)
            given[sourceType] = SourceType(given[source], given[sourceType]);
    }

    /// <summary>The given source type, else Thing where the source names one of this server.</summary>
    internal Value SourceType(Value source, Value sourceType) => sourceType.AsText() is { Length: > 0 } ? sourceType
        : Value.String(source.AsText() is { Length: > 0 } name && directory.FindThing(name) is not null ? "Thing" : "");

    private IEnumerable<string> SourcesWith(string tags) => directory.Things.Where(thing => TagText.ContainsAll(thing.Definition.Tags, tags)).Select(thing => thing.Name);

    private Value Now => Value.DateTime(time.GetUtcNow());

    private static string And(string? query, JsonObject filter)
    {
        // Parsed by the query's own rules first, so that what is wrong with it is told in their words.
        Query.Parse(query);
        var root = string.IsNullOrWhiteSpace(query) ? [] : Read(query);
        var all = new JsonArray(filter);
        switch (root["filters"])
        {
            case JsonArray array:
                foreach (var item in array)
                    all.Add(item?.DeepClone());
                break;
            case JsonObject { Count: > 0 } one:
                all.Add(one.DeepClone());
                break;
        }

        root["filters"] = new JsonObject { ["type"] = "AND", ["filters"] = all };
        return root.ToJsonString();
    }

    private static JsonObject Read(string query)
    {
        try
        {
            return JsonNode.Parse(query, null, ValueJson.DocumentOptions with { AllowDuplicateProperties = false }) as JsonObject ?? [];
        }
        catch (JsonException e)
        {
            throw Errors.Bad($"Parameter 'query': {e.Message}");
        }
    }
}
