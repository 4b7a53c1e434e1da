using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A piece of the platform that brings services by its methods; one class a template, resource or subsystem.</summary>
public abstract class BuiltIn
{
    /// <summary>What it is, in a sentence.</summary>
    public virtual string Description => "";

    /// <summary>Properties that come with it.</summary>
    public virtual IEnumerable<PropertyDefinition> Properties => [];

    /// <summary>Events that come with it.</summary>
    public virtual IEnumerable<EventDefinition> Events => [];

    /// <summary>Configuration tables that come with it.</summary>
    public virtual IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [];
}

/// <summary>Services of every entity of some kinds.</summary>
public abstract class KindServices : BuiltIn
{
    /// <summary>Whether entities of this kind have them.</summary>
    public abstract bool AppliesTo(EntityKind kind);
}

/// <summary>A Thing Template of the platform.</summary>
public abstract class BuiltInTemplate : BuiltIn
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>The template it extends, null for the root.</summary>
    public virtual string? Base => GenericThingTemplate.TemplateName;

    /// <summary>The template of its remote twin, null where it has none. The twin needs no class of its own.</summary>
    public virtual string? TwinName => null;

    /// <summary>The events of its remote twin (spec platform 1.7); those that fire on the other server are pushed from there.</summary>
    public virtual IEnumerable<EventDefinition> TwinEvents => Events;

    /// <summary>The Data Shape that its Things work with, null where they have none.</summary>
    public virtual string? DataShapeNameOf(ThingDefinition thing) => null;

    /// <summary>Called when a Thing starts, and again when the definition of a running one has changed.</summary>
    public virtual Task StartAsync(Thing thing, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called when a running Thing stops.</summary>
    public virtual Task StopAsync(Thing thing, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called when a Thing has been deleted.</summary>
    public virtual Task DeletedAsync(Thing thing, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A Resource of the platform: services without state.</summary>
public abstract class Resource : BuiltIn
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }
}

/// <summary>A Subsystem of the platform: a part that runs, is configured and can be restarted.</summary>
public abstract class Subsystem : BuiltIn
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it runs.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>running or stopped.</summary>
    public string State => IsRunning ? "running" : "stopped";

    /// <summary>Starts it; without effect where it runs.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops it; without effect where it does not run.</summary>
    public abstract Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Figures by name.</summary>
    public virtual IEnumerable<Metric> Metrics => [];
}

/// <summary>A figure of a subsystem.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is, with its unit.</param>
/// <param name="Value">Its value now.</param>
/// <param name="IsCount">Whether it only grows from the start on: such a figure can be reset.</param>
public readonly record struct Metric(string Name, string Description, double Value, bool IsCount = false);

/// <summary>A subsystem that is part of everything that happens: it runs as long as the server does.</summary>
public abstract class PermanentSubsystem : Subsystem
{
    /// <inheritdoc/>
    public override bool IsRunning => true;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        throw Errors.Bad($"The {Name} is part of everything that the server does; it cannot be stopped.");
}

/// <summary>A configuration table that a template or subsystem has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its fields; a field's defaultValue stands where nothing was entered.</param>
/// <param name="IsMultiRow">Whether it holds many rows.</param>
/// <param name="Key">The field that tells rows apart, null for none.</param>
/// <param name="Check">Throws for a table that must not be saved; null where all may.</param>
public sealed record ConfigurationTableDefinition(
    string Name, string Description, DataShape Shape, bool IsMultiRow = false, string? Key = null, Action<InfoTable>? Check = null)
{
    /// <summary>A table that an author added.</summary>
    internal static ConfigurationTableDefinition Of(DeclaredTable table) => new(
        table.Name, table.Description, new(table.Fields), table.IsMultiRow, table.Fields.FirstOrDefault(field => field.Aspects.Is("isPrimaryKey"))?.Name)
    {
        Category = table.Category, Ordinal = table.Ordinal, IsHidden = table.IsHidden, DataShapeName = table.DataShapeName,
    };

    /// <summary>The group under which it is listed.</summary>
    public string Category { get; init; } = "";

    /// <summary>Its place among the tables.</summary>
    public int Ordinal { get; init; }

    /// <summary>Whether user interfaces leave it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The Data Shape that its fields were taken from, "" for none.</summary>
    public string DataShapeName { get; init; } = "";

    /// <summary>Refuses rows that must not be saved.</summary>
    internal void CheckRows(InfoTable rows)
    {
        if (!IsMultiRow && rows.RowCount > 1)
            throw Errors.Bad($"Configuration table [{Name}] holds one row, not {rows.RowCount}.");
        Check?.Invoke(rows);
    }
}
