using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A Thing that keeps rows: where they are kept, and for how long (spec platform 3.6).</summary>
public abstract class DataThingTemplate : BuiltInTemplate
{
    /// <summary>The provider that every data Thing uses where nobody says otherwise.</summary>
    public const string DefaultProvider = "ThingworxPersistenceProvider";

    /// <summary>The most rows that a query gives where the caller does not say (spec platform 2.4).</summary>
    protected const double DefaultMaxItems = MaxItems.Default;

    private static readonly ConfigurationTableDefinition DataThingSettings = new("DataThingSettings", "Where the rows are kept.", new(
        [new("persistenceProvider", BaseType.PERSISTENCEPROVIDERNAME) { Aspects = Aspects.Of(("defaultValue", Value.String(DefaultProvider))) }]));

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [DataThingSettings, RetentionRule.Table];

    /// <summary>Deletes what the rule gives up: rows older than a time, and the oldest beyond a number.</summary>
    /// <param name="thing">The Thing.</param>
    /// <param name="before">Milliseconds since 1970; rows of an earlier time go. Null where age does not matter.</param>
    /// <param name="keep">How many of the newest stay. Null where the number does not matter.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    internal abstract Task RetainAsync(Thing thing, long? before, long? keep, CancellationToken cancellationToken);

    [Service("Sets where the rows are kept.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public void SetPersistenceProvider(ServiceContext call, [Parameter(BaseType.PERSISTENCEPROVIDERNAME, IsRequired = true)] string name)
    {
        if (name != DefaultProvider)
            throw Errors.Bad($"There is no persistence provider [{name}]; this server has [{DefaultProvider}].");
    }

    [Service("Gives where the rows are kept.", Category = "Configuration", RunsWhenStopped = true, Result = BaseType.PERSISTENCEPROVIDERNAME, Kind = CallKind.Read)]
    public string GetPersistenceProvider(ServiceContext call) => DefaultProvider;

    /// <summary>The Thing's id, under which its rows are kept.</summary>
    protected static Guid Id(ServiceContext call) => call.Thing.Definition.Id;

    /// <summary>How many rows the caller wants.</summary>
    /// <exception cref="PlatformException">BadRequest: below 0.</exception>
    protected internal static int Limit(double maxItems) => MaxItems.Check(maxItems);

    /// <summary>The number of an entry's id.</summary>
    /// <exception cref="PlatformException">BadRequest: it is none.</exception>
    protected static long EntryId(string id, string what) => long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Errors.Bad($"'{id}' is no id of {what}; take it from column id of a query.");
}
