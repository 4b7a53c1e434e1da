using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>PlatformSubsystem: what this server is (spec platform 5.1).</summary>
public sealed class PlatformSubsystem(EntityDirectory directory, TimeProvider time) : PermanentSubsystem
{
    private readonly long _started = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override string Name => "PlatformSubsystem";

    /// <inheritdoc/>
    public override string Description => "The platform itself.";

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics
    {
        get
        {
            var memory = GC.GetGCMemoryInfo();
            yield return new("upTime", "Milliseconds since the start.", time.GetUtcNow().ToUnixTimeMilliseconds() - _started);
            yield return new("memoryInUse", "Bytes of memory that the process holds.", Environment.WorkingSet);
            yield return new("heapInUse", "Bytes of the managed heap after its last collection.", memory.HeapSizeBytes);
            yield return new("totalMemoryAvailable", "Bytes of memory that the process may take.", memory.TotalAvailableMemoryBytes);
            yield return new("processorTime", "Milliseconds of processor time used since the start.", Environment.CpuUsage.TotalTime.TotalMilliseconds, IsCount: true);
            yield return new("processors", "Processors that the process may use.", Environment.ProcessorCount);
            yield return new("threads", "Threads of the pool.", ThreadPool.ThreadCount);
            yield return new("entityCount", "Entities of all kinds.", All.Count());
            yield return new("thingCount", "Things.", directory.Things.Count());
            yield return new("runningThingCount", "Things that run.", directory.Things.Count(thing => thing.IsRunning));
            yield return new("userCount", "Users.", directory.All(EntityKind.Users).Count());
        }
    }

    private IEnumerable<Entity> All => EntityKinds.All.SelectMany(directory.All);

    [Service("Gives the version of ThingWorx whose interfaces this server has.", Category = "Information", Kind = CallKind.Read)]
    public string GetThingworxVersion(ServiceContext call) => "9.6.0";

    [Service("Gives the version of Hansa.", Category = "Information", Kind = CallKind.Read)]
    public string GetHansaVersion(ServiceContext call) => typeof(PlatformSubsystem).Assembly.GetName().Version!.ToString(3);

    [Service("Counts the Things.", Category = "Information", Kind = CallKind.Read)]
    public int GetThingCount(ServiceContext call) => directory.Things.Count();

    [Service("Counts the entities, of a collection such as Things where one is named.", Category = "Information", Kind = CallKind.Read)]
    public int GetEntityCount(ServiceContext call, [Parameter(Description = "A collection such as DataShapes; all where it is empty.")] string? collection) =>
        string.IsNullOrEmpty(collection) ? All.Count() : directory.All(EntityAddresses.Collection(collection)).Count();

    [Service("Gives the figures of the server as one row.", Category = "Information", Kind = CallKind.Read)]
    public InfoTable GetPlatformStats(ServiceContext call) =>
        InfoTable.Single([.. Metrics.Select(metric => (metric.Name, BaseType.NUMBER, Value.Number(metric.Value)))]);

    [Service("Gives the figures of the server, a row each.", Category = "Information", ResultShape = "ThingworxMetric", Kind = CallKind.Read)]
    public InfoTable GetPlatformStatsList(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.ThingworxMetric);
        foreach (var metric in Metrics)
            builder.Add(Value.String(metric.Name), Value.String(metric.Description), Value.Number(metric.Value));
        return builder.Build();
    }

    [Service("Tells the state of the licence: Hansa is free software and needs none.", Category = "Information", Kind = CallKind.Read)]
    public string GetLicenseState(ServiceContext call) => "NOT_REQUIRED";

    [Service("Tells where data are kept: the persistence providers.", Category = "Information", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetPersistenceInformation(ServiceContext call) => new InfoTable.Builder(PlatformShapes.EntityList)
        .Add(Value.String(DataThingTemplate.DefaultProvider), Value.String("Keeps the model and all data in the server's data folder.")).Build();

    [Service("Lists the base types that fields, properties and parameters can have.", Category = "Information", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetBaseTypes(ServiceContext call, [Parameter(Description = "Not needed: all characteristics have the same base types.")] string? characteristic)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var type in Enum.GetValues<BaseType>().Select(type => type.Name()).Order(StringComparer.Ordinal))
            builder.Add(Value.String(type), Value.String(""));
        return builder.Build();
    }
}
