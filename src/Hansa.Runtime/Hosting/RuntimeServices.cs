using Microsoft.Extensions.DependencyInjection;

namespace Hansa.Runtime;

/// <summary>Puts the platform together.</summary>
public static class RuntimeServices
{
    /// <summary>Adds the platform. The host brings storage, time, logging, <see cref="ISecretProtector"/> and <see cref="IRemoteEndpoints"/>.</summary>
    public static IServiceCollection AddHansaRuntime(this IServiceCollection services)
    {
        services.AddSingleton<PlatformRuntime>();
        services.AddSingleton<EntityDirectory>().AddSingleton<Catalogue>().AddSingleton<PropertySheetFactory>();
        services.AddSingleton<Principals>().AddSingleton<Gate>().AddSingleton<Passwords>().AddSingleton<Authenticator>();
        services.AddSingleton<DataShapes>().AddSingleton<ServiceInvoker>().AddSingleton<ConfigurationSecrets>();
        services.AddSingleton<EventOptions>().AddSingleton<EventProcessor>().AddSingleton<SubscriptionIndex>().AddSingleton<LifeCycle>();
        services.AddSingleton<LocalBindings>().AddSingleton<BoundProperties>();
        services.AddSingleton<RemoteServices>().AddSingleton<IRemoteServices>(p => p.GetRequiredService<RemoteServices>());
        services.AddSingleton<IUserServices, UserServices>().AddSingleton<UserScripts>();
        services.AddSingleton<EntryArguments>().AddSingleton<RetentionOptions>().AddSingleton<InfoTableOptions>().AddSingleton<RetentionKeeper>().AddSingleton<EntryEvents>().AddSingleton<Histories>().AddSingleton<PropertyLogger>().AddSingleton<EntityImporter>().AddSingleton<EntityPages>();
        services.AddSingleton(p => new Lazy<IEnumerable<Subsystem>>(() => [.. p.GetServices<BuiltIn>().OfType<Subsystem>()]));
        return services
            .AddBuiltIn<PermissionServices>().AddBuiltIn<ConfigurationServices>().AddBuiltIn<PropertyServices>().AddBuiltIn<HistoryServices>().AddBuiltIn<PropertyDefinitionServices>().AddBuiltIn<EventDefinitionServices>().AddBuiltIn<BindingServices>().AddBuiltIn<MetadataServices>()
            .AddBuiltIn<DataShapeServices>().AddBuiltIn<UserAccountServices>().AddBuiltIn<GroupServices>().AddBuiltIn<OrganizationServices>()
            .AddBuiltIn<ApplicationKeyServices>().AddBuiltIn<SubsystemServices>()
            .AddBuiltIn<GenericThingTemplate>().AddBuiltIn<RemoteThingTemplate>().AddBuiltIn<StreamTemplate>().AddBuiltIn<ValueStreamTemplate>().AddBuiltIn<DataTableTemplate>().AddBuiltIn<WikiTemplate>().AddBuiltIn<BlogTemplate>().AddBuiltIn<TimerTemplate>()
            .AddBuiltIn<EntityServicesResource>().AddBuiltIn<CurrentSessionInfoResource>().AddBuiltIn<InfoTableFunctionsResource>()
            .AddBuiltIn<PlatformSubsystem>().AddBuiltIn<StreamProcessingSubsystem>().AddBuiltIn<EventProcessingSubsystem>();
    }

    /// <summary>Adds a part that brings services by its methods.</summary>
    public static IServiceCollection AddBuiltIn<T>(this IServiceCollection services)
        where T : BuiltIn => services.AddSingleton<T>().AddSingleton<BuiltIn>(p => p.GetRequiredService<T>());
}
