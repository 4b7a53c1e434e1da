using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// Completes what the arguments of all entries share where a call is accepted, on this server also for a Thing elsewhere: a time
/// that nobody gave, the type of a source that is known here, and which sources have some model tags (design decisions 1, 3).
/// </summary>
public sealed class EntryArguments(EntityDirectory directory, TimeProvider time)
{
    /// <summary>The time that an entry without one gets.</summary>
    public Value Now => Value.DateTime(time.GetUtcNow());

    /// <summary>The source type: the given one, else <c>Thing</c> where the source names one.</summary>
    public Value SourceType(Value source, Value sourceType) => sourceType.AsText() is { Length: > 0 } ? sourceType
        : Value.String(source.AsText() is { Length: > 0 } name && directory.FindThing(name) is not null ? "Thing" : "");

    /// <summary>The Things that have all these model tags.</summary>
    public IEnumerable<string> SourcesWith(string tags) =>
        directory.Things.Where(thing => TagText.ContainsAll(thing.Definition.Tags, tags)).Select(thing => thing.Name);

    /// <summary>Completes source type and timestamp.</summary>
    internal void Complete(ServiceContext call, Value[] given)
    {
        CompleteSourceType(call, given);
        var timestamp = call.Service.Definition.IndexOf("timestamp");
        if (given[timestamp].IsNull)
            given[timestamp] = Now;
    }

    /// <summary>Completes the source type where a source is given.</summary>
    internal void CompleteSourceType(ServiceContext call, Value[] given)
    {
        var (source, sourceType) = (call.Service.Definition.IndexOf("source"), call.Service.Definition.IndexOf("sourceType"));
        if (!given[source].IsNull)
            given[sourceType] = SourceType(given[source], given[sourceType]);
    }

    /// <summary>Turns model tags of sources into the names of the sources that have them on this server.</summary>
    internal void ResolveSourceTags(ServiceContext call, Value[] given)
    {
        var sourceTags = call.Service.Definition.IndexOf("sourceTags");
        if (given[sourceTags].AsText() is { Length: > 0 } tags && SourceNames.Read(tags) is null)
            given[sourceTags] = Value.Text(SourceNames.Write(SourcesWith(tags)), BaseType.TAGS);
    }
}
