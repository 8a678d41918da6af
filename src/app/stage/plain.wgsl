// The cheap surface: a texture lit by sky, ground, one far light and up to four lamps, then fog.
#import bevy_pbr::forward_io::VertexOutput
#import bevy_pbr::mesh_view_bindings::view

struct Plain {
    base: vec4<f32>,
    emissive: vec4<f32>,
    // x: alpha below which nothing is drawn, y: 1 takes no light, w: 1 glows as pictured
    manner: vec4<f32>,
    sky: vec4<f32>,
    ground: vec4<f32>,
    key_way: vec4<f32>,
    key: vec4<f32>,
    lamp_at: array<vec4<f32>, 4>,
    lamp: array<vec4<f32>, 4>,
    // rgb: colour, a: density per metre
    fog: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> plain: Plain;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var base_texture: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var base_sampler: sampler;

@fragment
fn fragment(in: VertexOutput, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    var picture = vec4<f32>(1.0);
#ifdef VERTEX_UVS_A
    picture = textureSample(base_texture, base_sampler, in.uv);
#endif
    let colour = plain.base * picture;
    if colour.a < plain.manner.x {
        discard;
    }
    let away = view.world_position.xyz - in.world_position.xyz;
    let far = length(away);
    var light = vec3<f32>(1.0);
    if plain.manner.y < 0.5 {
        var normal = normalize(in.world_normal);
        if !front {
            normal = -normal;
        }
        light = mix(plain.ground.rgb, plain.sky.rgb, normal.y * 0.5 + 0.5);
        light += plain.key.rgb * max(dot(normal, plain.key_way.xyz), 0.0);
        for (var i = 0u; i < 4u; i++) {
            let reach = plain.lamp[i].a;
            if reach <= 0.0 {
                break;
            }
            let way = plain.lamp_at[i].xyz - in.world_position.xyz;
            let apart = dot(way, way);
            // A soft wrap keeps the shaded side of a face readable.
            let facing = clamp(dot(normal, way) * inverseSqrt(apart) * 0.8 + 0.2, 0.0, 1.0);
            light += plain.lamp[i].rgb * facing / (1.0 + apart / (reach * reach));
        }
    }
    var shown = colour.rgb * light + plain.emissive.rgb * mix(vec3<f32>(1.0), picture.rgb, plain.manner.w);
    let clear = exp(-far * plain.fog.a);
    shown = mix(plain.fog.rgb, shown, clear);
    return vec4<f32>(shown, colour.a);
}
