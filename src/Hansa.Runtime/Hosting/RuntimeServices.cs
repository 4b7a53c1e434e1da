using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Puts the platform together.</summary>
public static class RuntimeServices
{
    /// <summary>Adds the platform. The host brings storage, time, logging, <see cref="ISecretProtector"/> and <see cref="IRemoteEndpoints"/>.</summary>
    public static IServiceCollection AddHansaRuntime(this IServiceCollection services)
    {
        services.AddSingleton<PlatformRuntime>();
        services.AddSingleton<EntityDirectory>().AddSingleton<Catalogue>().AddSingleton<PropertySheetFactory>();
        services.AddSingleton<Principals>().AddSingleton<Gate>().AddSingleton<Passwords>().AddSingleton<Authenticator>().AddSingleton<SessionValues>();
        services.AddSingleton<DataShapes>().AddSingleton<ServiceInvoker>().AddSingleton<ConfigurationSecrets>();
        services.AddSingleton<EventOptions>().AddSingleton<EventProcessor>().AddSingleton<SubscriptionIndex>().AddSingleton<LifeCycle>();
        services.AddSingleton<AlertOptions>().AddSingleton<AlertMonitor>();
        services.AddSingleton<LocalBindings>().AddSingleton<BoundProperties>();
        services.AddSingleton<RemoteServices>().AddSingleton<IRemoteServices>(p => p.GetRequiredService<RemoteServices>());
        services.AddSingleton<IUserServices, UserServices>().AddSingleton<UserScripts>();
        services.AddSingleton<EntryArguments>().AddSingleton<RetentionOptions>().AddSingleton<InfoTableOptions>().AddSingleton<RetentionKeeper>().AddSingleton<EntryEvents>().AddSingleton<Histories>().AddSingleton<PropertyLogger>().AddSingleton<EntityImporter>().AddSingleton<EntityExporter>().AddSingleton<EntityPages>();
        services.AddSingleton<ContentLoaderOptions>().AddSingleton<ContentClient>();
        services.AddSingleton(p => new Lazy<IEnumerable<Subsystem>>(() => [.. p.GetServices<BuiltIn>().OfType<Subsystem>()]));
        services.AddSingleton<FileRepositoryOptions>().AddSingleton<FileRepositories>();
        // Which lines are kept is decided by levels that can be set while the server runs, not by filters of the host.
        services.AddSingleton<AuditOptions>().AddSingleton<AuditTrail>();
        services.AddSingleton<LogOptions>().AddSingleton<LogKeeper>().AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LogKeeper>());
        services.Configure<LoggerFilterOptions>(options => options.AddFilter<LogKeeper>("", LogLevel.Trace));
        return services
            .AddBuiltIn<LogServices>().AddBuiltIn<LoggingSubsystem>().AddBuiltIn<AuditServices>().AddBuiltIn<AuditSubsystem>()
            .AddBuiltIn<PermissionServices>().AddBuiltIn<InstancePermissionServices>().AddBuiltIn<ConfigurationServices>().AddBuiltIn<PropertyServices>().AddBuiltIn<HistoryServices>().AddBuiltIn<PropertyDefinitionServices>().AddBuiltIn<EventDefinitionServices>().AddBuiltIn<BindingServices>().AddBuiltIn<MetadataServices>()
            .AddBuiltIn<InheritanceServices>().AddBuiltIn<ServiceDefinitionServices>().AddBuiltIn<HeaderServices>().AddBuiltIn<PermissionTableServices>()
            .AddBuiltIn<AlertProcessingSubsystem>().AddBuiltIn<AlertDefinitionServices>().AddBuiltIn<AlertServices>().AddBuiltIn<AnomalyServices>().AddBuiltIn<ConfigurationDefinitionServices>().AddBuiltIn<DependencyServices>().AddBuiltIn<RelationshipServices>().AddBuiltIn<SubscriptionDefinitionServices>().AddBuiltIn<SubscriptionServices>().AddBuiltIn<ImplementingThings>()
            .AddBuiltIn<NetworkServices>().AddBuiltIn<ThingNetworkServices>().AddBuiltIn<VocabularyServices>()
            .AddBuiltIn<DataShapeServices>().AddBuiltIn<UserAccountServices>().AddBuiltIn<GroupServices>().AddBuiltIn<OrganizationServices>()
            .AddBuiltIn<ApplicationKeyServices>().AddBuiltIn<SubsystemServices>()
            .AddBuiltIn<GenericThingTemplate>().AddBuiltIn<RemoteThingTemplate>().AddBuiltIn<StreamTemplate>().AddBuiltIn<ValueStreamTemplate>().AddBuiltIn<DataTableTemplate>().AddBuiltIn<WikiTemplate>().AddBuiltIn<BlogTemplate>().AddBuiltIn<TimerTemplate>().AddBuiltIn<SchedulerTemplate>()
            .AddBuiltIn<FileRepositoryTemplate>()
            .AddBuiltIn<EntityServicesResource>().AddBuiltIn<CurrentSessionInfoResource>().AddBuiltIn<SearchFunctionsResource>().AddBuiltIn<CollectionFunctionsResource>()
            .AddBuiltIn<SecurityServicesResource>().AddBuiltIn<EncryptionServicesResource>().AddBuiltIn<ScriptServicesResource>().AddBuiltIn<DeviceFunctionsResource>().AddBuiltIn<SubsystemMonitoringResource>().AddBuiltIn<AlertFunctionsResource>()
            .AddBuiltIn<InfoTableFunctionsResource>().AddBuiltIn<ContentLoaderFunctionsResource>()
            .AddBuiltIn<PlatformSubsystem>().AddBuiltIn<StreamProcessingSubsystem>().AddBuiltIn<ValueStreamProcessingSubsystem>().AddBuiltIn<DataTableProcessingSubsystem>().AddBuiltIn<EventProcessingSubsystem>().AddBuiltIn<UserManagementSubsystem>();
    }

    /// <summary>Adds a part that brings services by its methods.</summary>
    public static IServiceCollection AddBuiltIn<T>(this IServiceCollection services)
        where T : BuiltIn => services.AddSingleton<T>().AddSingleton<BuiltIn>(p => p.GetRequiredService<T>());
}
