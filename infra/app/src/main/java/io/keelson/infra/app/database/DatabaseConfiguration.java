package io.keelson.infra.app.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The connections to PostgreSQL. Both beans are created after the migrations have run. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  HikariDataSource dataSource(Environment environment) {
    String url = environment.getRequiredProperty("spring.datasource.url");
    String username = environment.getProperty("spring.datasource.username", "");
    String password = environment.getProperty("spring.datasource.password", "");
    new Migrations(url, username, password).run();
    HikariDataSource pool = new HikariDataSource();
    Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
    pool.setJdbcUrl(url);
    pool.setUsername(username);
    pool.setPassword(password);
    return pool;
  }

  /** The parameter only puts this bean after the pool, and so after the migrations. */
  @Bean
  UnpooledConnections unpooledConnections(Environment environment, DataSource afterMigrations) {
    return new UnpooledConnections(
        new DriverManagerDataSource(
            environment.getRequiredProperty("spring.datasource.url"),
            environment.getProperty("spring.datasource.username", ""),
            environment.getProperty("spring.datasource.password", "")));
  }
}
