using System.Security.Cryptography;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Starts and stops the platform: model, Things, subsystems, in that order.</summary>
public sealed partial class PlatformRuntime(IServiceProvider services, ILogger<PlatformRuntime> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private const int ManyThings = 5_000;

    private Task _running = Task.CompletedTask;
    private Task _journals = Task.CompletedTask;

    /// <summary>Whether everything has started: what <c>/Thingworx/ready</c> tells.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Loads the model and starts everything.</summary>
    /// <param name="administratorPassword">For a new data folder; null to have one made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The password that was made for the Administrator; null where one was given or the data folder is not new.</returns>
    public async Task<string?> StartAsync(string? administratorPassword, CancellationToken cancellationToken)
    {
        var (logs, audit) = (services.GetRequiredService<LogKeeper>(), services.GetRequiredService<AuditTrail>());
        _journals = Task.WhenAll(logs.RunAsync(), audit.Writer.RunAsync());
        var directory = services.GetRequiredService<EntityDirectory>();
        var lifeCycle = services.GetRequiredService<LifeCycle>();
        var events = services.GetRequiredService<EventProcessor>();
        var scripts = services.GetRequiredService<UserScripts>();
        // These watch the directory from the first entity on.
        _ = (services.GetRequiredService<SubscriptionIndex>(), services.GetRequiredService<Principals>(), services.GetRequiredService<Authenticator>(),
            services.GetRequiredService<LocalBindings>());
        var alerts = services.GetRequiredService<AlertMonitor>();
        var retention = services.GetRequiredService<RetentionKeeper>();
        scripts.Invoker = services.GetRequiredService<ServiceInvoker>();
        directory.Catalogue = services.GetRequiredService<Catalogue>();
        directory.LifeCycle = lifeCycle.ApplyAsync;
        services.GetRequiredService<PropertySheetFactory>().Observers =
            [services.GetRequiredService<PropertyLogger>(), services.GetRequiredService<LocalBindings>(), alerts, events, .. services.GetServices<IPropertyObserver>()];
        events.Observers = [.. services.GetServices<IEventObserver>()];
        events.Runner = scripts;

        var (made, definitions) = await FirstAsync(administratorPassword, cancellationToken);
        await directory.LoadAsync([.. definitions, .. directory.Catalogue.Entities.Concat(FirstEntities.Things()).Where(entity => definitions.All(first => first.Key != entity.Key))], cancellationToken);
        audit.Watch();
        await services.GetRequiredService<ApplicationKeyServices>().EraseOverdueAsync(cancellationToken);
        _running = Task.WhenAll(events.RunAsync(_stopping.Token), alerts.RunAsync(_stopping.Token), retention.RunAsync(_stopping.Token));
        await lifeCycle.StartAllAsync(cancellationToken);
        foreach (var subsystem in Subsystems)
            await subsystem.StartAsync(cancellationToken);
        GiveBackWhatLoadingTook(directory.Things.Count());
        IsReady = true;
        LogStarted(directory.Things.Count());
        return made;
    }

    /// <summary>Stops subsystems, then Things, then events, and writes what was logged. The store is closed by its owner.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        foreach (var subsystem in Subsystems.Reverse())
        {
            try
            {
                await subsystem.StopAsync(cancellationToken);
            }
            catch (PlatformException)
            {
                // Parts of the server that cannot be stopped end with the process.
            }
        }

        await services.GetRequiredService<LifeCycle>().StopAllAsync(cancellationToken);
        await _stopping.CancelAsync();
        await _running;
        services.GetRequiredService<AuditTrail>().Writer.Complete();
        services.GetRequiredService<LogKeeper>().Dispose();
        await _journals;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    // Documents that were read are garbage now; of many Things that is as much as they themselves take.
    private static void GiveBackWhatLoadingTook(int things)
    {
        if (things >= ManyThings)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private IEnumerable<Subsystem> Subsystems => services.GetServices<BuiltIn>().OfType<Subsystem>();

    private async Task<(string? Made, List<EntityDefinition> Definitions)> FirstAsync(string? password, CancellationToken cancellationToken)
    {
        var isNew = (await services.GetRequiredService<IStorage>().Model.LoadEntitiesAsync(cancellationToken)).Count == 0;
        if (!isNew)
            return (null, []);
        var made = password is null ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', 'x').Replace('/', 'y') : null;
        var hash = services.GetRequiredService<Passwords>().Hash(PasswordRules.Check(password ?? made!));
        return (made, [.. FirstEntities.Make(hash)]);
    }

    [LoggerMessage(1001, LogLevel.Information, "The platform runs, with {Things} Things.")]
    private partial void LogStarted(int things);
}
