using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A Thing Template whose Things keep data with a persistence provider (spec platform 2.4).</summary>
public abstract class DataThingTemplate : BuiltInTemplate
{
    /// <summary>The provider that every data Thing uses where nobody says otherwise.</summary>
    public const string DefaultProvider = "ThingworxPersistenceProvider";

    private static readonly ConfigurationTableDefinition DataThingSettings = new("DataThingSettings", "Where the data are kept.", new(
        [new("persistenceProvider", BaseType.PERSISTENCEPROVIDERNAME) { Aspects = Aspects.Of(("defaultValue", Value.String(DefaultProvider))) }]));

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [DataThingSettings];

    [Service("Sets where the data are kept.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public void SetPersistenceProvider(ServiceContext call, [Parameter(BaseType.PERSISTENCEPROVIDERNAME, IsRequired = true)] string name)
    {
        if (name != DefaultProvider)
            throw Errors.Bad($"There is no persistence provider [{name}]; this server has [{DefaultProvider}].");
    }

    [Service("Gives where the data are kept.", Category = "Configuration", RunsWhenStopped = true, Result = BaseType.PERSISTENCEPROVIDERNAME, Kind = CallKind.Read)]
    public string GetPersistenceProvider(ServiceContext call) => DefaultProvider;
}
